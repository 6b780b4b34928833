package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Translates requests into an endpoint's format and answers out of it. Stateless; one serves all requests. */
public interface Codec {

    /** The request for this target. */
    Encoded encode(MessagesRequest request, Target target);

    /** A reader of one answer's stream, which passes its events on to this receiver. */
    StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events);

    /** The events of a whole answer; an answer that cannot be read is a single failure. */
    List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names);
}
