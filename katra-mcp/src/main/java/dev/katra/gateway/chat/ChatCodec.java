package dev.katra.gateway.chat;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.failure.ErrorTranslation;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Translates to and from the Chat Completions API. */
public final class ChatCodec implements Codec {

    @Override
    public EncodedRequest encode(MessagesRequest request, Target target) {
        return ChatRequestWriter.of(request, target);
    }

    @Override
    public StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events) {
        return new ChatStreamDecoder(new ChatReader(target, names, false, events));
    }

    @Override
    public List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names) {
        boolean readable = answer.path("choices").path(0).isObject() || answer.hasNonNull("error");
        if (!readable) {
            return List.of(new AnswerEvent.Failed(ErrorTranslation.noAnswer(answer, target)));
        }
        var events = new ArrayList<AnswerEvent>();
        var reader = new ChatReader(target, names, true, events::add);
        reader.chunk(answer);
        reader.conclude(true);
        return events;
    }
}
