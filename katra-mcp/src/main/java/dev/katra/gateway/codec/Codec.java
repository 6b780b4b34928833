package dev.katra.gateway.codec;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Translates requests into an endpoint's format and answers out of it. A codec has no state; one serves all requests.
 */
public interface Codec {

    /** Returns the request in the format of this target. */
    EncodedRequest encode(MessagesRequest request, Target target);

    /** Returns a decoder for one answer's stream, which passes the events on to this consumer. */
    StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events);

    /** Returns the events of a whole answer. For an answer that cannot be read this is a single failure. */
    List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names);
}
