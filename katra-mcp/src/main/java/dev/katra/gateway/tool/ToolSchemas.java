package dev.katra.gateway.tool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reduces the JSON Schemas of tools to what endpoints accept. It never changes the given schema. */
public final class ToolSchemas {

    private static final Set<String> NAMES = Set.of("$schema", "$id");
    private static final Set<String> MAPS = Set.of("properties", "$defs", "definitions", "patternProperties");
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples", "required");
    private static final List<String> UNIONS = List.of("allOf", "anyOf", "oneOf");
    private static final Set<String> UNKNOWN_TO_GEMINI = Set.of(
            "additionalProperties",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "propertyNames",
            "patternProperties",
            "pattern",
            "default",
            "examples",
            "not",
            "if",
            "then",
            "else",
            "multipleOf");

    private ToolSchemas() {}

    /** Returns the schema of a tool's parameters: an object with properties, even if there are none. */
    public static ObjectNode parameters(@Nullable JsonNode schema, boolean gemini) {
        JsonNode clean = schema == null ? object() : clean(schema, gemini);
        ObjectNode top = clean instanceof ObjectNode node ? node : object();
        flatten(top, top.deepCopy(), Set.of());
        if (!top.path("type").asString("").equals("object")) {
            top.put("type", "object");
        }
        if (!top.path("properties").isObject()) {
            top.putObject("properties");
        }
        return top;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    private static JsonNode clean(JsonNode schema, boolean gemini) {
        if (schema instanceof ArrayNode array) {
            ArrayNode copy = JsonMapper.shared().createArrayNode();
            array.forEach(item -> copy.add(clean(item, gemini)));
            return copy;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode copy = object();
        for (Map.Entry<String, JsonNode> field : schema.properties()) {
            String key = field.getKey();
            JsonNode value = field.getValue();
            if (NAMES.contains(key) || (gemini && UNKNOWN_TO_GEMINI.contains(key))) {
                continue;
            }
            if (MAPS.contains(key) && value.isObject()) {
                ObjectNode map = copy.putObject(key);
                value.properties().forEach(entry -> map.set(entry.getKey(), clean(entry.getValue(), gemini)));
            } else if (VALUES.contains(key)) {
                copy.set(key, value.deepCopy());
            } else {
                copy.set(key, clean(value, gemini));
            }
        }
        if (gemini) {
            gemini(copy);
        }
        return copy;
    }

    private static void gemini(ObjectNode schema) {
        JsonNode constant = schema.remove("const");
        if (constant != null && constant.isString()) {
            schema.putArray("enum").add(constant.asString());
        }
        String format = schema.path("format").asString("");
        boolean known = format.equals("enum") || format.equals("date-time");
        if (schema.has("format") && !known) {
            schema.remove("format");
        }
        JsonNode items = schema.remove("prefixItems");
        if (items != null && !items.isEmpty()) {
            schema.set("items", items.path(0));
        }
        JsonNode types = schema.path("type");
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (type.asString("").equals("null")) {
                    schema.put("nullable", true);
                }
            }
            for (JsonNode type : types) {
                if (!type.asString("").equals("null")) {
                    schema.put("type", type.asString(""));
                    break;
                }
            }
        }
    }

    /**
     * Makes an object of the top, because endpoints want one: the properties of its alternatives, and of what it or
     * they refer to, become its own.
     */
    private static void flatten(ObjectNode schema, JsonNode root, Set<String> followed) {
        Set<String> references = new HashSet<>(followed);
        String reference = schema.path("$ref").asString("");
        while (reference.startsWith("#") && references.add(reference)) {
            schema.remove("$ref");
            JsonNode target = root.at(pointer(reference)).deepCopy();
            target.properties().forEach(field -> schema.putIfAbsent(field.getKey(), field.getValue()));
            reference = schema.path("$ref").asString("");
        }
        for (String union : UNIONS) {
            List<ObjectNode> parts = new ArrayList<>();
            for (JsonNode part : schema.path(union)) {
                if (part.deepCopy() instanceof ObjectNode copy) {
                    flatten(copy, root, references);
                    parts.add(copy);
                }
            }
            schema.remove(union);
            merge(schema, parts, union.equals("allOf"));
        }
    }

    private static JsonPointer pointer(String reference) {
        String path = reference.substring(1);
        try {
            path = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The name holds a percent sign that is not encoded.
        }
        return JsonPointer.compile(path.isEmpty() || path.startsWith("/") ? path : "/" + path);
    }

    /** Makes one object of alternatives, or of parts that all apply. */
    private static void merge(ObjectNode top, List<ObjectNode> parts, boolean all) {
        if (parts.isEmpty()) {
            return;
        }
        ObjectNode properties = top.path("properties") instanceof ObjectNode own ? own : top.putObject("properties");
        Set<String> own = Set.copyOf(properties.propertyNames());
        for (ObjectNode part : parts) {
            for (Map.Entry<String, JsonNode> property : part.path("properties").properties()) {
                JsonNode known = properties.get(property.getKey());
                if (known == null) {
                    properties.set(property.getKey(), property.getValue());
                } else if (!all && !own.contains(property.getKey())) {
                    properties.set(property.getKey(), combined(known, property.getValue()));
                }
            }
        }
        for (ObjectNode part : parts) {
            for (JsonNode name : part.path("required")) {
                if (all || parts.stream().allMatch(other -> has(other.path("required"), name))) {
                    require(top, name);
                }
            }
        }
    }

    /** Returns the schema of a property that alternatives describe differently. */
    private static JsonNode combined(JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return one;
        }
        List<JsonNode> values = new ArrayList<>(values(one));
        values(other).stream().filter(value -> !values.contains(value)).forEach(values::add);
        if (!values(one).isEmpty() && !values(other).isEmpty()) {
            ObjectNode choice = ((ObjectNode) one.deepCopy()).without("const");
            choice.putArray("enum").addAll(values);
            return choice;
        }
        ObjectNode choice = object();
        ArrayNode alternatives = choice.putArray("anyOf");
        if (one.size() == 1 && one.path("anyOf").isArray()) {
            one.path("anyOf").forEach(alternatives::add);
        } else {
            alternatives.add(one);
        }
        if (!has(alternatives, other)) {
            alternatives.add(other);
        }
        return choice;
    }

    private static List<JsonNode> values(JsonNode schema) {
        return schema.has("const")
                ? List.of(schema.path("const"))
                : schema.path("enum").valueStream().toList();
    }

    private static boolean has(JsonNode names, JsonNode name) {
        return names.valueStream().anyMatch(name::equals);
    }

    private static void require(ObjectNode top, JsonNode name) {
        ArrayNode required = top.path("required") instanceof ArrayNode own ? own : top.putArray("required");
        if (!has(required, name)) {
            required.add(name);
        }
    }
}
