package dev.katra.gateway.responses;

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

/** Translates to and from the Responses API. */
public final class ResponsesCodec implements Codec {

    @Override
    public EncodedRequest encode(MessagesRequest request, Target target) {
        return ResponsesRequestWriter.of(request, target);
    }

    @Override
    public StreamDecoder stream(Target target, ToolNames names, Consumer<AnswerEvent> events) {
        return new ResponsesStreamDecoder(new ResponsesReader(target, names, false, events));
    }

    @Override
    public List<AnswerEvent> whole(JsonNode answer, Target target, ToolNames names) {
        boolean readable = answer.path("output").isArray() || answer.hasNonNull("error");
        if (!readable) {
            return List.of(new AnswerEvent.Failed(ErrorTranslation.noAnswer(answer, target)));
        }
        var events = new ArrayList<AnswerEvent>();
        new ResponsesReader(target, names, true, events::add).response(answer);
        return events;
    }
}
