package dev.katra.gateway.chat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.MaxTokens;
import dev.katra.gateway.codec.RequestWriter;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Thinking;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.thinking.EffortChoice;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request body of the Chat Completions API. */
final class ChatRequestWriter extends RequestWriter {

    private static final int MAX_STOP_SEQUENCES = 4;

    private ChatRequestWriter(MessagesRequest request, Target target) {
        super(request, target);
    }

    static EncodedRequest of(MessagesRequest request, Target target) {
        return new ChatRequestWriter(request, target).write("/chat/completions");
    }

    @Override
    protected void writeBody() {
        body.put("model", target.model());
        body.set("messages", new ChatMessageWriter(target, names).write(request.system(), conversation()));
        if (!tools.sent().isEmpty()) {
            writeTools();
            writeToolChoice();
        }
        String limit = quirks.has(Quirk.MAX_COMPLETION_TOKENS) ? "max_completion_tokens" : "max_tokens";
        MaxTokens.forRequest(request, target).ifPresent(value -> body.put(limit, value));
        if (takesSampling()) {
            writeStops();
            writeSampling();
        }
        writeThinking();
        if (request.outputSchema() != null) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            writeOutputSchema(format.putObject("json_schema"), request.outputSchema());
        }
        if (request.stream()) {
            body.put("stream", true);
            if (!quirks.has(Quirk.NO_STREAM_USAGE)) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
    }

    @Override
    protected ObjectNode function(ObjectNode node) {
        return node.put("type", "function").putObject("function");
    }

    private void writeTools() {
        ArrayNode array = body.putArray("tools");
        for (ToolSpec tool : tools.sent()) {
            function(array.addObject(), tool).set("parameters", schema(tool.schema()));
        }
    }

    private void writeStops() {
        List<String> stops = request.sampling().stops();
        if (!stops.isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            stops.stream().limit(MAX_STOP_SEQUENCES).forEach(stop::add);
        }
    }

    private void writeThinking() {
        if (quirks.has(Quirk.NO_REASONING_WITH_TOOLS) && !tools.sent().isEmpty()) {
            body.put("reasoning_effort", Effort.NONE.externalName());
            return;
        }
        boolean off = request.thinking().mode() == Thinking.Mode.OFF;
        if (quirks.has(Quirk.THINKING_FIELD)) {
            body.putObject("thinking").put("type", off ? "disabled" : "enabled");
        }
        Optional<Effort> effort = EffortChoice.of(request, quirks);
        if (effort.isPresent() && !(off && quirks.has(Quirk.THINKING_FIELD))) {
            body.put("reasoning_effort", effort.get().externalName());
        }
    }
}
