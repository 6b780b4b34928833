package dev.katra.mcp.gateway.chat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.mcp.gateway.codec.Encoded;
import dev.katra.mcp.gateway.codec.Limits;
import dev.katra.mcp.gateway.codec.OfferedTools;
import dev.katra.mcp.gateway.conversation.Conversation;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.request.Sampling;
import dev.katra.mcp.gateway.request.Thinking;
import dev.katra.mcp.gateway.request.ToolChoice;
import dev.katra.mcp.gateway.request.ToolSpec;
import dev.katra.mcp.gateway.thinking.EffortChoice;
import dev.katra.mcp.gateway.tool.Schemas;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request body of the Chat Completions API. */
final class ChatRequest {

    private static final int MOST_STOPS = 4;

    private final MessagesRequest request;
    private final Target target;
    private final Quirks quirks;
    private final OfferedTools tools;
    private final ToolNames names = new ToolNames();
    private final ObjectNode body = JsonMapper.shared().createObjectNode();

    private ChatRequest(MessagesRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.quirks = target.quirks();
        this.tools = OfferedTools.of(request, quirks);
    }

    static Encoded of(MessagesRequest request, Target target) {
        var writer = new ChatRequest(request, target);
        writer.write();
        return new Encoded("/chat/completions", writer.body, writer.names, writer.tools.leftOut());
    }

    private void write() {
        body.put("model", target.model());
        body.set("messages", new ChatMessages(target, names).of(request.system(), Conversation.of(request.turns())));
        if (!tools.sent().isEmpty()) {
            tools();
            choice(request.toolChoice());
        }
        String limit = quirks.has(Quirk.MAX_COMPLETION_TOKENS) ? "max_completion_tokens" : "max_tokens";
        Limits.output(request.sampling(), target).ifPresent(value -> body.put(limit, value));
        if (!quirks.reasons() && !quirks.has(Quirk.NO_SAMPLING)) {
            sampling(request.sampling());
        }
        thinking();
        if (request.outputSchema() != null) {
            body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "answer")
                    .put("strict", false)
                    .set("schema", Schemas.parameters(request.outputSchema(), quirks.has(Quirk.GEMINI_SCHEMA)));
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
                    .set("parameters", Schemas.parameters(tool.schema(), quirks.has(Quirk.GEMINI_SCHEMA)));
        }
    }

    private void choice(ToolChoice choice) {
        switch (choice.mode()) {
            case UNSAID -> {}
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
            stops.stream().limit(MOST_STOPS).forEach(stop::add);
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
            body.put("reasoning_effort", Effort.NONE.wire());
            return;
        }
        boolean off = request.thinking().mode() == Thinking.Mode.OFF;
        if (quirks.has(Quirk.THINKING_FIELD)) {
            body.putObject("thinking").put("type", off ? "disabled" : "enabled");
        }
        Optional<Effort> effort = EffortChoice.of(request, quirks);
        if (effort.isPresent() && !(off && quirks.has(Quirk.THINKING_FIELD))) {
            body.put("reasoning_effort", effort.get().wire());
        }
    }
}
