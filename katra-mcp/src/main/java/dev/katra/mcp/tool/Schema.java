package dev.katra.mcp.tool;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives the JSON schema of a record: names in snake case, {@code @Nullable} components optional, no more words than
 * needed, because a model pays for each.
 */
public final class Schema {

    private Schema() {}

    /** Returns the schema of a record. */
    public static Map<String, Object> of(Class<? extends Record> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = of(component.getGenericType());
            ArgumentDescription says = component.getAnnotation(ArgumentDescription.class);
            if (says != null) {
                schema.put("description", says.value());
            }
            properties.put(name(component), schema);
            if (!isOptional(component)) {
                required.add(name(component));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /**
     * Returns the schema of an answer's record. It leaves out which fields are always there and what the objects in a
     * list hold: that helps only those who write answers.
     */
    static Map<String, Object> ofAnswer(Class<? extends Record> type) {
        Map<String, Object> schema = of(type);
        schema.remove("required");
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.values().forEach(Schema::shorten);
        }
        return schema;
    }

    private static void shorten(Object property) {
        if (property instanceof Map<?, ?> schema && schema.get("items") instanceof Map<?, ?> items) {
            items.keySet().retainAll(List.of("type"));
        }
    }

    /** Returns the name of a component in JSON. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static boolean isOptional(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Map<String, Object> of(Type type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            schema.put("type", "array");
            schema.put("items", of(list.getActualTypeArguments()[0]));
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            schema.put("type", "integer");
        } else if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (type == String.class) {
            schema.put("type", "string");
        } else if (type instanceof Class<?> constants && constants.isEnum()) {
            schema.put("type", "string");
            schema.put(
                    "enum",
                    Arrays.stream(constants.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .toList());
        } else if (type instanceof Class<?> nested && nested.isRecord()) {
            return of(nested.asSubclass(Record.class));
        } else {
            throw new IllegalArgumentException("no schema for " + type.getTypeName());
        }
        return schema;
    }
}
