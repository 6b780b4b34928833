package dev.katra.mcp.gateway.chat;

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

/** The translation to and from the Chat Completions API. */
public final class ChatCodec implements Codec {

    @Override
    public Encoded encode(MessagesRequest request, Target target) {
        return ChatRequest.of(request, target);
    }

    @Override
    public StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events) {
        return new ChatStream(new ChatReader(target, names, false, events));
    }

    @Override
    public List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names) {
        boolean readable = answer.path("choices").path(0).isObject() || answer.hasNonNull("error");
        if (!readable) {
            return List.of(new AnswerEvent.Failed(Outage.incomprehensible(target.provider())));
        }
        var events = new ArrayList<AnswerEvent>();
        var reader = new ChatReader(target, names, true, events::add);
        reader.chunk(answer);
        reader.conclude(true);
        return events;
    }
}
