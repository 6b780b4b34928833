package dev.katra.gateway.chat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.MaxTokens;
import dev.katra.gateway.codec.OfferedTools;
import dev.katra.gateway.conversation.ConversationNormalizer;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Sampling;
import dev.katra.gateway.request.Thinking;
import dev.katra.gateway.request.ToolChoice;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.thinking.EffortChoice;
import dev.katra.gateway.tool.CallIds;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.tool.ToolSchemas;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request body of the Chat Completions API. */
final class ChatRequestWriter {

    private static final int MAX_STOP_SEQUENCES = 4;

    private final MessagesRequest request;
    private final Target target;
    private final Quirks quirks;
    private final OfferedTools tools;
    private final ToolNames names;
    private final ObjectNode body = JsonMapper.shared().createObjectNode();

    private ChatRequestWriter(MessagesRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.quirks = target.quirks();
        this.tools = OfferedTools.of(request, quirks);
        this.names = new ToolNames(CallIds.after(request.turns()));
    }

    static EncodedRequest of(MessagesRequest request, Target target) {
        var writer = new ChatRequestWriter(request, target);
        writer.write();
        return new EncodedRequest("/chat/completions", writer.body, writer.names, writer.tools.leftOut());
    }

    private void write() {
        body.put("model", target.model());
        body.set(
                "messages",
                new ChatMessageWriter(target, names)
                        .write(request.system(), ConversationNormalizer.normalize(request.turns())));
        if (!tools.sent().isEmpty()) {
            tools();
            choice(request.toolChoice());
        }
        String limit = quirks.has(Quirk.MAX_COMPLETION_TOKENS) ? "max_completion_tokens" : "max_tokens";
        MaxTokens.forRequest(request, target).ifPresent(value -> body.put(limit, value));
        if (!quirks.supportsReasoning() && !quirks.has(Quirk.NO_SAMPLING)) {
            sampling(request.sampling());
        }
        thinking();
        if (request.outputSchema() != null) {
            body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "answer")
                    .put("strict", false)
                    .set("schema", ToolSchemas.parameters(request.outputSchema(), quirks.has(Quirk.GEMINI_SCHEMA)));
        }
        if (request.stream()) {
            body.put("stream", true);
            if (!quirks.has(Quirk.NO_STREAM_USAGE)) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
    }

    private void tools() {
        ArrayNode array = body.putArray("tools");
        for (ToolSpec tool : tools.sent()) {
            array.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", names.upstream(tool.name()))
                    .put("description", OfferedTools.description(tool, quirks))
                    .set("parameters", ToolSchemas.parameters(tool.schema(), quirks.has(Quirk.GEMINI_SCHEMA)));
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
                    body.putObject("tool_choice")
                            .put("type", "function")
                            .putObject("function")
                            .put("name", names.upstream(choice.tool()));
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
        List<String> stops = sampling.stops();
        if (!stops.isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            stops.stream().limit(MAX_STOP_SEQUENCES).forEach(stop::add);
        }
        Double temperature = sampling.temperature();
        if (temperature != null) {
            body.put("temperature", Math.max(0, Math.min(2, temperature)));
        }
        Double topP = sampling.topP();
        if (topP != null) {
            body.put("top_p", Math.max(0, Math.min(1, topP)));
        }
    }

    private void thinking() {
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
