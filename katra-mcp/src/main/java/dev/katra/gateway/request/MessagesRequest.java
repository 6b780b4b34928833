package dev.katra.gateway.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A MessagesRequest is a request of the Messages API, without what no other format can carry.
 *
 * @param model the model that the client names
 * @param system the texts of the system prompt, without the billing line
 * @param outputSchema the JSON Schema of a structured answer; null if the answer is free
 * @param session the client's session, empty if it does not say
 */
public record MessagesRequest(
        String model,
        boolean stream,
        List<String> system,
        List<Turn> turns,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        Sampling sampling,
        Thinking thinking,
        @Nullable JsonNode outputSchema,
        String session) {

    public MessagesRequest {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
    }

    /** Returns the same request with the client's session. */
    public MessagesRequest inSession(String known) {
        return new MessagesRequest(
                model, stream, system, turns, tools, toolChoice, sampling, thinking, outputSchema, known);
    }
}
