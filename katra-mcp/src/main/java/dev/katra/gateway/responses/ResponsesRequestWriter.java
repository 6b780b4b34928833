package dev.katra.gateway.responses;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.MaxTokens;
import dev.katra.gateway.codec.OfferedTools;
import dev.katra.gateway.conversation.ConversationNormalizer;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Sampling;
import dev.katra.gateway.request.ToolChoice;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.thinking.EffortChoice;
import dev.katra.gateway.tool.CallIds;
import dev.katra.gateway.tool.ShortHash;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.tool.ToolSchemas;
import dev.katra.gateway.upstream.Target;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request body of the Responses API. The request asks the provider to store nothing. */
final class ResponsesRequestWriter {

    private final MessagesRequest request;
    private final Target target;
    private final Quirks quirks;
    private final OfferedTools tools;
    private final ToolNames names;
    private final ObjectNode body = JsonMapper.shared().createObjectNode();

    private ResponsesRequestWriter(MessagesRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.quirks = target.quirks();
        this.tools = OfferedTools.of(request, quirks);
        this.names = new ToolNames(CallIds.after(request.turns()));
    }

    static EncodedRequest of(MessagesRequest request, Target target) {
        var writer = new ResponsesRequestWriter(request, target);
        writer.write();
        return new EncodedRequest("/responses", writer.body, writer.names, writer.tools.leftOut());
    }

    private void write() {
        body.put("model", target.model());
        if (!request.system().isEmpty()) {
            body.put("instructions", String.join("\n\n", request.system()));
        }
        body.set(
                "input",
                new ResponseInputWriter(target, names).write(ConversationNormalizer.normalize(request.turns())));
        tools();
        MaxTokens.forRequest(request, target)
                .ifPresent(value -> body.put("max_output_tokens", Math.max(Sampling.MIN_TOKENS, value)));
        if (!quirks.supportsReasoning() && !quirks.has(Quirk.NO_SAMPLING)) {
            sampling(request.sampling());
        }
        EffortChoice.of(request, quirks).ifPresent(this::reasoning);
        if (request.outputSchema() != null) {
            body.putObject("text")
                    .putObject("format")
                    .put("type", "json_schema")
                    .put("name", "answer")
                    .put("strict", false)
                    .set("schema", ToolSchemas.parameters(request.outputSchema(), quirks.has(Quirk.GEMINI_SCHEMA)));
        }
        if (!request.session().isEmpty()) {
            body.put("prompt_cache_key", ShortHash.hex(request.session(), 64));
        }
        body.put("store", false);
        if (request.stream()) {
            body.put("stream", true);
        }
    }

    private void tools() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (ToolSpec tool : tools.sent()) {
            array.addObject()
                    .put("type", "function")
                    .put("name", names.upstream(tool.name()))
                    .put("description", OfferedTools.description(tool, quirks))
                    .put("strict", false)
                    .set("parameters", ToolSchemas.parameters(tool.schema(), quirks.has(Quirk.GEMINI_SCHEMA)));
        }
        if (quirks.has(Quirk.WEB_SEARCH) && request.tools().stream().anyMatch(ToolSpec::searchesWeb)) {
            array.addObject().put("type", "web_search");
        }
        if (!array.isEmpty()) {
            body.set("tools", array);
            choice(request.toolChoice());
        }
    }

    private void choice(ToolChoice choice) {
        switch (choice.mode()) {
            case UNSPECIFIED -> {}
            case AUTO -> body.put("tool_choice", "auto");
            case ANY -> body.put("tool_choice", "required");
            case NONE -> body.put("tool_choice", "none");
            case TOOL -> {
                if (tools.has(choice.tool())) {
                    body.putObject("tool_choice").put("type", "function").put("name", names.upstream(choice.tool()));
                } else {
                    body.put("tool_choice", "auto");
                }
            }
        }
        if (!choice.parallel() && !quirks.has(Quirk.NO_PARALLEL_FLAG)) {
            body.put("parallel_tool_calls", false);
        }
    }

    private void sampling(Sampling sampling) {
        Double temperature = sampling.temperature();
        if (temperature != null) {
            body.put("temperature", Math.max(0, Math.min(2, temperature)));
        }
        Double topP = sampling.topP();
        if (topP != null) {
            body.put("top_p", Math.max(0, Math.min(1, topP)));
        }
    }

    private void reasoning(Effort effort) {
        ObjectNode reasoning = body.putObject("reasoning").put("effort", effort.externalName());
        if (effort != Effort.NONE) {
            reasoning.put("summary", "auto");
        }
        if (!quirks.has(Quirk.NO_REASONING_REPLAY)) {
            body.putArray("include").add("reasoning.encrypted_content");
        }
    }
}
