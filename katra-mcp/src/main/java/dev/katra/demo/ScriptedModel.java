package dev.katra.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a Messages API request by following the script in its last user text, one turn per request. It keeps no
 * state: it reads from the conversation how far the script has come and since when it runs. A turn is bounded in calls
 * and in time, and ends with a text that says so.
 */
final class ScriptedModel {

    static final String INTRODUCTION = "I am Katra's scripted demo model, not a language model.";
    private static final String HELP = INTRODUCTION
            + " I call the tools you name, one line each, for example: katra_say {\"message\":\"hello\"}"
            + " (or plainly: say hello, hear, who is here, remember TEXT, recall WORDS).";
    private static final int MAX_RESULT_CHARS = 400;
    private static final int MAX_SEARCHES = 3;
    private static final int MAX_CALLS = 100;
    private static final Duration MAX_TURN = Duration.ofMinutes(10);

    /** The longest time in a turn that a step is repeated for one text, once the turn has made a few calls. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    /**
     * The number of calls that a turn always gets to wait for a text, because the clock may have jumped while the
     * machine slept.
     */
    private static final int MIN_CALLS = 5;

    private final JsonMapper json;
    private final Clock clock;

    ScriptedModel(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Reply reply(JsonNode request) {
        DemoConversation conversation = DemoConversation.of(request);
        Optional<String> form = schemaAnswer(request);
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
        List<Step> next = script.next(conversation);
        if (next.isEmpty()) {
            return Reply.text(summary(conversation));
        }
        return limit(next.get(0), conversation)
                .map(reason -> Reply.text(INTRODUCTION + " " + reason + ", so the script stops here."))
                .orElseGet(() -> calls(next, conversation));
    }

    /** Returns why no more calls are made in this turn; empty if calls may go on. */
    private Optional<String> limit(Step next, DemoConversation conversation) {
        Duration lasts = conversation
                .begunAt()
                .map(begun -> Duration.between(begun, clock.instant()))
                .orElse(Duration.ZERO);
        boolean looked = conversation.calls() >= MIN_CALLS;
        if (next.until() != null && looked && lasts.compareTo(MAX_WAIT) >= 0) {
            return Optional.of("\"" + next.until() + "\" has not come within " + MAX_WAIT.toMinutes() + " minutes");
        }
        if (conversation.calls() >= MAX_CALLS) {
            return Optional.of("A turn has no more than " + MAX_CALLS + " calls");
        }
        return lasts.compareTo(MAX_TURN) < 0
                ? Optional.empty()
                : Optional.of("A turn takes no more than " + MAX_TURN.toMinutes() + " minutes");
    }

    private Reply calls(List<Step> turn, DemoConversation conversation) {
        var blocks = new ArrayList<Reply.Block>();
        for (Step step : turn) {
            Optional<String> name =
                    conversation.tools().stream().filter(step::matches).findFirst();
            if (name.isEmpty() && mayFindTool(conversation)) {
                ObjectNode wanted = json.createObjectNode().put("query", "select:" + step.fullName());
                return new Reply(
                        List.of(new Reply.Call(id(), DemoConversation.TOOL_SEARCH, wanted.put("max_results", 1))));
            }
            if (name.isEmpty()) {
                return Reply.text(INTRODUCTION + " The script asks for the tool \"" + step.tool()
                        + "\", which this session does not offer, so it stops here.");
            }
            blocks.add(new Reply.Call(id(), name.get(), step.input()));
        }
        return new Reply(blocks);
    }

    /**
     * Returns whether searching for the tool may still find it. A prompt at a session's start may come before the
     * client has Katra's tools; the search makes the client wait for them.
     */
    private static boolean mayFindTool(DemoConversation conversation) {
        return conversation.searches() < MAX_SEARCHES && conversation.tools().contains(DemoConversation.TOOL_SEARCH);
    }

    private String id() {
        return DemoCallIds.madeAt(clock.instant());
    }

    private static String summary(DemoConversation conversation) {
        var text = new StringBuilder("The script is done. What the tools returned:");
        for (DemoConversation.Result result : conversation.results()) {
            text.append("\n- ").append(result.tool()).append(result.error() ? " failed: " : ": ");
            text.append(shortened(result.text()));
        }
        return text.toString();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_RESULT_CHARS ? text : text.substring(0, MAX_RESULT_CHARS) + " …";
    }

    /**
     * Returns an object with short values for a side request that wants JSON of a schema, such as a title; empty for
     * other requests.
     */
    private Optional<String> schemaAnswer(JsonNode request) {
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
