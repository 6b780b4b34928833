package dev.katra.mcp.gateway.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of the Messages API, without what no other format can carry.
 *
 * @param model the model that the client names
 * @param system the texts of the system prompt, without the billing line
 * @param outputSchema what a structured answer must look like, null if the answer is free
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

    /** The same request, known to belong to this session. */
    public MessagesRequest in(String known) {
        return new MessagesRequest(
                model, stream, system, turns, tools, toolChoice, sampling, thinking, outputSchema, known);
    }
}
