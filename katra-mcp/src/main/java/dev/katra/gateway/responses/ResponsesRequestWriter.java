package dev.katra.gateway.responses;

import dev.katra.core.text.Sha256;
import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.MaxTokens;
import dev.katra.gateway.codec.RequestWriter;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Sampling;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.thinking.EffortChoice;
import dev.katra.gateway.upstream.Target;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request body of the Responses API. The request asks the provider to store nothing. */
final class ResponsesRequestWriter extends RequestWriter {

    private ResponsesRequestWriter(MessagesRequest request, Target target) {
        super(request, target);
    }

    static EncodedRequest of(MessagesRequest request, Target target) {
        return new ResponsesRequestWriter(request, target).write("/responses");
    }

    @Override
    protected void writeBody() {
        body.put("model", target.model());
        if (!request.system().isEmpty()) {
            body.put("instructions", String.join("\n\n", request.system()));
        }
        body.set("input", new ResponseInputWriter(target, names).write(conversation()));
        writeTools();
        MaxTokens.forRequest(request, target)
                .ifPresent(value -> body.put("max_output_tokens", Math.max(Sampling.MIN_TOKENS, value)));
        if (takesSampling()) {
            writeSampling();
        }
        EffortChoice.of(request, quirks).ifPresent(this::writeReasoning);
        if (request.outputSchema() != null) {
            ObjectNode format = body.putObject("text").putObject("format");
            writeOutputSchema(format.put("type", "json_schema"), request.outputSchema());
        }
        if (!request.session().isEmpty()) {
            body.put("prompt_cache_key", Sha256.hex(request.session(), 64));
        }
        body.put("store", false);
        if (request.stream()) {
            body.put("stream", true);
        }
    }

    @Override
    protected ObjectNode function(ObjectNode node) {
        return node.put("type", "function");
    }

    private void writeTools() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (ToolSpec tool : tools.sent()) {
            function(array.addObject(), tool).put("strict", false).set("parameters", schema(tool.schema()));
        }
        if (quirks.has(Quirk.WEB_SEARCH) && request.tools().stream().anyMatch(ToolSpec::searchesWeb)) {
            array.addObject().put("type", "web_search");
        }
        if (!array.isEmpty()) {
            body.set("tools", array);
            writeToolChoice();
        }
    }

    private void writeReasoning(Effort effort) {
        ObjectNode reasoning = body.putObject("reasoning").put("effort", effort.externalName());
        if (effort != Effort.NONE) {
            reasoning.put("summary", "auto");
        }
        if (!quirks.has(Quirk.NO_REASONING_REPLAY)) {
            body.putArray("include").add("reasoning.encrypted_content");
        }
    }
}
