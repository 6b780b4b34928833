package dev.katra.gateway.request;

import dev.katra.gateway.request.Thinking.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a Messages API request. It ignores what it does not know, and refuses nothing. */
public final class RequestReader {

    private static final String BILLING = "x-anthropic-billing-header:";
    private static final String PLACEHOLDER = "DeferredToolPlaceholder";

    private RequestReader() {}

    /** Returns the request in this tree. */
    public static MessagesRequest read(JsonNode body) {
        var turns = new ArrayList<Turn>();
        for (JsonNode message : body.path("messages")) {
            Turn.Role role = role(message.path("role").asString(""));
            turns.add(new Turn(role, BlockReader.read(message.path("content"), role)));
        }
        return new MessagesRequest(
                body.path("model").asString(""),
                body.path("stream").asBoolean(false),
                system(body.path("system")),
                turns,
                tools(body.path("tools")),
                choice(body.path("tool_choice")),
                sampling(body),
                thinking(body),
                schema(body.path("output_config").path("format")),
                session(body.path("metadata").path("user_id").asString("")));
    }

    private static Turn.Role role(String name) {
        if (name.equals("assistant")) {
            return Turn.Role.ASSISTANT;
        }
        return name.equals("system") || name.equals("developer") ? Turn.Role.SYSTEM : Turn.Role.USER;
    }

    /** Returns whether this text of the system prompt is for the vendor's own accounting, and for no model. */
    public static boolean isBilling(String text) {
        return text.startsWith(BILLING);
    }

    private static List<String> system(JsonNode system) {
        var texts = new ArrayList<String>();
        for (Block block : BlockReader.read(system, Turn.Role.SYSTEM)) {
            if (block instanceof Block.Text text && !isBilling(text.text())) {
                texts.add(text.text());
            }
        }
        return texts;
    }

    private static List<ToolSpec> tools(JsonNode tools) {
        var found = new ArrayList<ToolSpec>();
        for (JsonNode tool : tools) {
            String name = tool.path("name").asString("");
            String type = tool.path("type").asString("");
            boolean own = type.isEmpty() || type.equals("custom") || tool.has("input_schema");
            if (!name.isEmpty() && !name.equals(PLACEHOLDER)) {
                found.add(new ToolSpec(
                        name,
                        own ? "" : type,
                        tool.path("description").asString(""),
                        tool.path("input_schema").isObject() ? tool.path("input_schema") : null));
            }
        }
        return found;
    }

    private static ToolChoice choice(JsonNode choice) {
        String type =
                choice.isString() ? choice.asString() : choice.path("type").asString("");
        ToolChoice.Mode mode =
                switch (type) {
                    case "auto" -> ToolChoice.Mode.AUTO;
                    case "any" -> ToolChoice.Mode.ANY;
                    case "tool" -> ToolChoice.Mode.TOOL;
                    case "none" -> ToolChoice.Mode.NONE;
                    default -> ToolChoice.Mode.UNSPECIFIED;
                };
        return new ToolChoice(
                mode,
                choice.path("name").asString(""),
                !choice.path("disable_parallel_tool_use").asBoolean(false));
    }

    private static Sampling sampling(JsonNode body) {
        var stops = new ArrayList<String>();
        for (JsonNode stop : body.path("stop_sequences")) {
            if (!stop.asString("").isEmpty()) {
                stops.add(stop.asString(""));
            }
        }
        return new Sampling(
                Math.max(0, body.path("max_tokens").asInt(0)),
                number(body.path("temperature")),
                number(body.path("top_p")),
                stops);
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? Double.valueOf(node.asDouble()) : null;
    }

    private static Thinking thinking(JsonNode body) {
        JsonNode thinking = body.path("thinking");
        Mode mode =
                switch (thinking.path("type").asString("")) {
                    case "adaptive" -> Mode.ADAPTIVE;
                    case "enabled" -> Mode.BUDGET;
                    default -> Mode.OFF;
                };
        return new Thinking(
                mode,
                Math.max(0, thinking.path("budget_tokens").asInt(0)),
                body.path("output_config").path("effort").asString(""));
    }

    private static @Nullable JsonNode schema(JsonNode format) {
        boolean structured = format.path("type").asString("").equals("json_schema");
        return structured && format.path("schema").isObject() ? format.path("schema") : null;
    }

    private static String session(String user) {
        if (!user.startsWith("{")) {
            return "";
        }
        try {
            return JsonMapper.shared().readTree(user).path("session_id").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
