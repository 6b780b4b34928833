package dev.katra.gateway.responses;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.codec.FinishReason;
import dev.katra.gateway.codec.ThinkTagFilter;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.ErrorTranslation;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reads the events of a response, or a whole response. */
final class ResponsesReader {

    private final Target target;
    private final Consumer<AnswerEvent> events;
    private final ResponseOutputReader items;
    private boolean started;
    private boolean over;

    ResponsesReader(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.target = target;
        this.events = ThinkTagFilter.within(target.quirks().has(Quirk.UNOPENED_THINKING), events);
        this.items = new ResponseOutputReader(target, names, whole, this.events);
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
            case "response.created", "response.in_progress", "response.queued" -> start();
            case "response.completed", "response.done" -> response(event.path("response"));
            case "response.incomplete" -> response(event.path("response"), "incomplete");
            case "response.failed", "response.cancelled" ->
                failed(event.path("response").path("error"), type);
            case "error" -> fail(event.path("error").isObject() ? event.path("error") : event);
            default -> {
                if (type.isEmpty() && event.hasNonNull("error")) {
                    fail(event.path("error"));
                } else if (type.startsWith("response.")) {
                    start();
                    items.event(type, event);
                }
            }
        }
    }

    /** Takes a response that is complete, or as complete as it will be. */
    void response(JsonNode response) {
        response(response, response.path("status").asString("completed"));
    }

    private void response(JsonNode response, String status) {
        String why = response.path("incomplete_details").path("reason").asString("");
        boolean incomplete = status.equals("incomplete") || !why.isEmpty();
        FinishReason ending = FinishReason.of(why);
        boolean ended = incomplete
                ? ending != FinishReason.ERROR && ending != FinishReason.COMPLETE
                : status.equals("completed");
        if (!ended || response.path("error").isObject()) {
            failed(response.path("error"), why.isEmpty() ? status : why);
            return;
        }
        start();
        items.readAll(response.path("output"));
        if (!incomplete && items.hasUnfinishedCall()) {
            broken(EndpointErrors.aborted(target.provider(), "half a tool call"));
            return;
        }
        if (!incomplete && items.nameless()) {
            broken(EndpointErrors.namelessCall(target.provider()));
            return;
        }
        StopReason reason = reason(incomplete, ending);
        items.end(!incomplete);
        over = true;
        events.accept(new AnswerEvent.Finished(reason, TokenUsage.read(response.path("usage"))));
    }

    /** Ends the stream; an answer that is not complete fails. */
    void endStream() {
        if (!over) {
            broken(EndpointErrors.cutOff(target.provider()));
        }
    }

    private void start() {
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.Started());
        }
    }

    private StopReason reason(boolean incomplete, FinishReason ending) {
        if (ending == FinishReason.FILTER) {
            return StopReason.REFUSAL;
        }
        if (items.hasCalls() && (!incomplete || items.callable(true))) {
            return StopReason.TOOL_USE;
        }
        if (items.refused()) {
            return StopReason.REFUSAL;
        }
        return incomplete ? StopReason.MAX_TOKENS : StopReason.END_TURN;
    }

    private void fail(JsonNode error) {
        broken(
                error.isObject() || error.isString()
                        ? ErrorTranslation.of(ErrorResponse.fromBody(error), target, 0)
                        : EndpointErrors.cutOff(target.provider()));
    }

    private void failed(JsonNode error, String why) {
        if (error.isObject() || error.isString()) {
            fail(error);
        } else {
            broken(EndpointErrors.aborted(target.provider(), why));
        }
    }

    private void broken(GatewayError error) {
        over = true;
        events.accept(new AnswerEvent.Failed(error));
    }
}
