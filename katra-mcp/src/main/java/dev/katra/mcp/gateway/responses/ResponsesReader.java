package dev.katra.mcp.gateway.responses;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.answer.StopReason;
import dev.katra.mcp.gateway.answer.Usage;
import dev.katra.mcp.gateway.failure.ErrorTranslation;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.failure.Refusal;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a response, or a whole response. */
final class ResponsesReader {

    private final Target target;
    private final Consumer<AnswerEvent> events;
    private final ResponseItems items;
    private boolean started;
    private boolean over;

    ResponsesReader(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.target = target;
        this.events = events;
        this.items = new ResponseItems(target, names, whole, events);
    }

    boolean over() {
        return over;
    }

    void event(JsonNode event) {
        if (over) {
            return;
        }
        String type = event.path("type").asString("");
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> start(event.path("response"));
            case "response.completed", "response.incomplete", "response.done" -> response(event.path("response"));
            case "response.failed" -> fail(event.path("response").path("error"));
            case "error" -> fail(event.path("error").isObject() ? event.path("error") : event);
            default -> {
                if (type.isEmpty() && event.hasNonNull("error")) {
                    fail(event.path("error"));
                } else if (type.startsWith("response.")) {
                    start(JsonMapper.shared().missingNode());
                    items.event(type, event);
                }
            }
        }
    }

    /** A response that is complete, or as complete as it gets. */
    void response(JsonNode response) {
        String status = response.path("status").asString("completed");
        if (status.equals("failed")
                || status.equals("cancelled")
                || response.path("error").isObject()) {
            fail(response.path("error"));
            return;
        }
        start(response);
        int index = 0;
        for (JsonNode item : response.path("output")) {
            items.done(index++, item);
        }
        String why = response.path("incomplete_details").path("reason").asString("");
        boolean incomplete = status.equals("incomplete") || !why.isEmpty();
        StopReason reason = reason(incomplete, why);
        items.end(!incomplete);
        over = true;
        events.accept(new AnswerEvent.Finished(reason, Usage.read(response.path("usage"))));
    }

    /** The stream has ended. */
    void closed() {
        if (!over) {
            broken(Outage.cutOff(target.provider()));
        }
    }

    private void start(JsonNode response) {
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.Started(response.path("id").asString("")));
        }
    }

    private StopReason reason(boolean incomplete, String why) {
        if (items.called() && (!incomplete || items.callable(true))) {
            return StopReason.TOOL_USE;
        }
        if (items.refused() || why.equals("content_filter")) {
            return StopReason.REFUSAL;
        }
        return incomplete ? StopReason.MAX_TOKENS : StopReason.END_TURN;
    }

    private void fail(JsonNode error) {
        broken(
                error.isObject() || error.isString()
                        ? ErrorTranslation.of(Refusal.inBody(error), target, 0)
                        : Outage.cutOff(target.provider()));
    }

    private void broken(GatewayError error) {
        over = true;
        events.accept(new AnswerEvent.Failed(error));
    }
}
