package dev.katra.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.conversation.ConversationEntry;
import dev.katra.gateway.conversation.ConversationNormalizer;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Sampling;
import dev.katra.gateway.request.ToolChoice;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.tool.CallIds;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.tool.ToolSchemas;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one request body in an endpoint's format. It holds what OpenAI's formats have in common; a subclass writes the
 * body's fields in their order and what only its format has. A writer is used once, by one thread.
 */
public abstract class RequestWriter {

    protected final MessagesRequest request;
    protected final Target target;
    protected final Quirks quirks;
    protected final OfferedTools tools;
    protected final ToolNames names;
    protected final ObjectNode body = JsonMapper.shared().createObjectNode();

    protected RequestWriter(MessagesRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.quirks = target.quirks();
        this.tools = OfferedTools.of(request, quirks);
        this.names = new ToolNames(CallIds.after(request.turns()));
    }

    /** Returns the request for the path that the format appends to the endpoint's root. */
    public final EncodedRequest write(String path) {
        writeBody();
        return new EncodedRequest(path, body, names, tools.leftOut());
    }

    /** Writes all fields of the body. */
    protected abstract void writeBody();

    /** Marks a node as a function and returns the node that takes the function's name. */
    protected abstract ObjectNode function(ObjectNode node);

    protected final List<ConversationEntry> conversation() {
        return ConversationNormalizer.normalize(request.turns());
    }

    /** Returns whether the model takes the client's temperature and its like. */
    protected final boolean takesSampling() {
        return !quirks.supportsReasoning() && !quirks.has(Quirk.NO_SAMPLING);
    }

    /** Marks a node as a function with a tool's name and description, and returns the node that takes the rest. */
    protected final ObjectNode function(ObjectNode node, ToolSpec tool) {
        return function(node)
                .put("name", names.upstream(tool.name()))
                .put("description", OfferedTools.description(tool, quirks));
    }

    /** Returns a schema in the form that the endpoint reads. */
    protected final ObjectNode schema(@Nullable JsonNode schema) {
        return ToolSchemas.parameters(schema, quirks.has(Quirk.GEMINI_SCHEMA));
    }

    /** Writes which tool the model shall call and whether it may call several at once. */
    protected final void writeToolChoice() {
        ToolChoice choice = request.toolChoice();
        switch (choice.mode()) {
            case UNSPECIFIED -> {}
            case AUTO -> body.put("tool_choice", "auto");
            case ANY -> body.put("tool_choice", "required");
            case NONE -> body.put("tool_choice", "none");
            case TOOL -> writeChosenTool(choice.tool());
        }
        if (!choice.parallel() && !quirks.has(Quirk.NO_PARALLEL_FLAG)) {
            body.put("parallel_tool_calls", false);
        }
    }

    private void writeChosenTool(String tool) {
        if (tools.has(tool)) {
            function(body.putObject("tool_choice")).put("name", names.upstream(tool));
        } else {
            body.put("tool_choice", "auto");
        }
    }

    /** Writes the temperature and the share of likely tokens, within the limits of the format. */
    protected final void writeSampling() {
        Sampling sampling = request.sampling();
        Double temperature = sampling.temperature();
        if (temperature != null) {
            body.put("temperature", Math.max(0, Math.min(2, temperature)));
        }
        Double topP = sampling.topP();
        if (topP != null) {
            body.put("top_p", Math.max(0, Math.min(1, topP)));
        }
    }

    /** Writes the schema of a structured answer into the node that describes it. */
    protected final void writeOutputSchema(ObjectNode node, JsonNode schema) {
        node.put("name", "answer").put("strict", false).set("schema", schema(schema));
    }
}
