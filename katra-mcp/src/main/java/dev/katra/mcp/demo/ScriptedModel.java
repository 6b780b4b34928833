package dev.katra.mcp.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a Messages API request by following the script in its last user text, one turn per request. It keeps no
 * state: how far the script has come is read from the conversation.
 */
final class ScriptedModel {

    static final String WHAT_I_AM = "I am Katra's scripted demo model, not a language model.";
    private static final String HELP = WHAT_I_AM
            + " I call the tools you name, one line each, for example: katra_say {\"message\":\"hello\"}"
            + " (or plainly: say hello, hear, who is here, remember TEXT, recall WORDS).";
    private static final int SHOWN = 400;
    private static final int SEARCHES = 3;

    private final JsonMapper json;

    ScriptedModel(JsonMapper json) {
        this.json = json;
    }

    Reply reply(JsonNode request) {
        Conversation conversation = Conversation.of(request);
        Optional<String> form = form(request);
        if (form.isPresent()) {
            return Reply.text(form.get());
        }
        if (conversation.tools().isEmpty() || request.path("max_tokens").asInt(0) == 1) {
            return Reply.text("Demo");
        }
        Script script = Script.of(conversation.prompt(), json);
        if (script.steps().isEmpty()) {
            return Reply.text(HELP);
        }
        List<Step> turn = script.turn(
                conversation.results().stream().map(Conversation.Result::text).toList());
        return turn.isEmpty() ? Reply.text(summary(conversation)) : calls(turn, conversation);
    }

    private Reply calls(List<Step> turn, Conversation conversation) {
        var blocks = new ArrayList<Reply.Block>();
        for (Step step : turn) {
            Optional<String> name =
                    conversation.tools().stream().filter(step::means).findFirst();
            if (name.isEmpty() && mayCome(conversation)) {
                ObjectNode wanted = json.createObjectNode().put("query", "select:" + step.fullName());
                return new Reply(List.of(new Reply.Call(id(), Conversation.SEARCH, wanted.put("max_results", 1))));
            }
            if (name.isEmpty()) {
                return Reply.text(WHAT_I_AM + " The script asks for the tool \"" + step.tool()
                        + "\", which this session does not offer, so it stops here.");
            }
            blocks.add(new Reply.Call(id(), name.get(), step.input()));
        }
        return new Reply(blocks);
    }

    /** A prompt at a session's start may come before the client has Katra's tools; to search for them is to wait. */
    private static boolean mayCome(Conversation conversation) {
        return conversation.searches() < SEARCHES && conversation.tools().contains(Conversation.SEARCH);
    }

    private static String id() {
        return "toolu_demo_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String summary(Conversation conversation) {
        var text = new StringBuilder("The script is done. What the tools returned:");
        for (Conversation.Result result : conversation.results()) {
            text.append("\n- ").append(result.tool()).append(result.error() ? " failed: " : ": ");
            text.append(shortened(result.text()));
        }
        return text.toString();
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
    }

    /** A side request that wants JSON of a schema (a title, say) gets an object with short strings. */
    private Optional<String> form(JsonNode request) {
        JsonNode schema = request.path("output_config").path("format").path("schema");
        if (!schema.isObject()) {
            return Optional.empty();
        }
        ObjectNode filled = json.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            switch (property.getValue().path("type").asString("string")) {
                case "boolean" -> filled.put(property.getKey(), false);
                case "integer", "number" -> filled.put(property.getKey(), 0);
                case "array" -> filled.putArray(property.getKey());
                case "object" -> filled.putObject(property.getKey());
                default -> filled.put(property.getKey(), "Demo");
            }
        });
        return Optional.of(filled.toString());
    }
}
