package dev.katra.gateway.mock;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What both of OpenAI's formats demand of tools and calls. */
final class ToolJudge {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MOST_TOOLS = 128;

    private ToolJudge() {}

    static String name(JsonNode name, String param) {
        StrictRejection.unless(
                NAME.matcher(name.asString("")).matches(),
                param,
                "Invalid '" + param + "': string does not match pattern '^[a-zA-Z0-9_-]+$' or is too long.");
        return name.asString("");
    }

    static String id(JsonNode id, String param) {
        int length = id.asString("").length();
        StrictRejection.unless(
                length > 0 && length <= 64,
                param,
                "string_above_max_length",
                "Invalid '" + param + "': expected a string with 1 to 64 characters, but got " + length + ".");
        return id.asString("");
    }

    static void arguments(JsonNode arguments, String param) {
        boolean object;
        try {
            object = arguments.isString()
                    && JsonMapper.shared().readTree(arguments.asString()).isObject();
        } catch (JacksonException e) {
            object = false;
        }
        StrictRejection.unless(object, param, "Invalid '" + param + "': expected the text of a JSON object.");
    }

    static void parameters(JsonNode schema, String name, String param) {
        StrictRejection.unless(
                schema.path("type").asString("").equals("object")
                        && schema.path("properties").isObject(),
                param,
                "invalid_function_parameters",
                "Invalid schema for function '" + name + "': object schema missing properties.");
    }

    /** The functions' names differ, there are not too many, and a choice names one of them. */
    static void offered(JsonNode body, String inTool, String inChoice) {
        JsonNode tools = body.path("tools");
        if (tools.isEmpty()) {
            StrictRejection.unless(!body.has("tools"), "tools", "empty_array", "Invalid 'tools': empty array.");
            for (String name : new String[] {"tool_choice", "parallel_tool_calls"}) {
                StrictRejection.unless(
                        !body.has(name),
                        name,
                        "Invalid value for '" + name + "': '" + name + "' is only allowed when 'tools' are specified.");
            }
            return;
        }
        StrictRejection.unless(
                tools.isArray() && tools.size() <= MOST_TOOLS,
                "tools",
                "array_above_max_length",
                "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length "
                        + tools.size() + " instead.");
        Set<String> names = new HashSet<>();
        for (JsonNode tool : tools) {
            String name = tool.at(inTool).asString("");
            StrictRejection.unless(name.isEmpty() || names.add(name), "tools", "Tool names must be unique: " + name);
        }
        choice(body.path("tool_choice"), names, inChoice);
    }

    private static void choice(JsonNode choice, Set<String> names, String inChoice) {
        if (choice.isMissingNode()) {
            return;
        }
        boolean known = choice.isString()
                ? Set.of("auto", "none", "required").contains(choice.asString())
                : choice.path("type").asString("").equals("function")
                        && names.contains(choice.at(inChoice).asString(""));
        StrictRejection.unless(known, "tool_choice", "Tool choice '" + choice + "' not found in 'tools' parameter.");
    }
}
