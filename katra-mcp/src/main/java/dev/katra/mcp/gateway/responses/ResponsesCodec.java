package dev.katra.mcp.gateway.responses;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.codec.Codec;
import dev.katra.mcp.gateway.codec.Encoded;
import dev.katra.mcp.gateway.codec.StreamDecoder;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The translation to and from the Responses API. */
public final class ResponsesCodec implements Codec {

    @Override
    public Encoded encode(MessagesRequest request, Target target) {
        return ResponsesRequest.of(request, target);
    }

    @Override
    public StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events) {
        return new ResponsesStream(new ResponsesReader(target, names, false, events));
    }

    @Override
    public List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names) {
        boolean readable = answer.path("output").isArray() || answer.hasNonNull("error");
        if (!readable) {
            return List.of(new AnswerEvent.Failed(Outage.incomprehensible(target.provider())));
        }
        var events = new ArrayList<AnswerEvent>();
        new ResponsesReader(target, names, true, events::add).response(answer);
        return events;
    }
}
