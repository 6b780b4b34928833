package dev.katra.mcp.gateway.tool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas of tools, reduced to what endpoints accept. The schema that is given never changes. */
public final class Schemas {

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

    private Schemas() {}

    /** The schema of a tool's parameters: an object with properties, even if there are none. */
    public static ObjectNode parameters(@Nullable JsonNode schema, boolean gemini) {
        JsonNode clean = schema == null ? object() : clean(schema, gemini);
        ObjectNode top = clean instanceof ObjectNode node ? node : object();
        UNIONS.forEach(union -> merge(top, union));
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

    /** Endpoints want an object at the top: what its alternatives have becomes properties of its own. */
    private static void merge(ObjectNode top, String union) {
        JsonNode parts = top.remove(union);
        if (parts == null) {
            return;
        }
        ObjectNode properties = top.path("properties") instanceof ObjectNode own ? own : top.putObject("properties");
        for (JsonNode part : parts) {
            for (Map.Entry<String, JsonNode> property : part.path("properties").properties()) {
                if (!properties.has(property.getKey())) {
                    properties.set(property.getKey(), property.getValue());
                }
            }
            if (union.equals("allOf") && part.path("required").isArray()) {
                require(top, part.path("required"));
            }
        }
    }

    private static void require(ObjectNode top, JsonNode names) {
        ArrayNode required = top.path("required") instanceof ArrayNode own ? own : top.putArray("required");
        for (JsonNode name : names) {
            boolean there = required.valueStream().anyMatch(name::equals);
            if (!there) {
                required.add(name);
            }
        }
    }
}
