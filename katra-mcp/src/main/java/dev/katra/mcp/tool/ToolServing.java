package dev.katra.mcp.tool;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a {@link Tool} through the MCP SDK. What a model can repair comes back as a result that is an error. */
public final class ToolServing {

    /** The key under which the transport context carries the {@link Actor} of a request. */
    public static final String ACTOR = "katra/actor";

    /** The key under which the client names its call, among what it says about a request. */
    public static final String TOOL_USE_ID = "claudecode/toolUseId";

    /**
     * Claude Code gives its model an answer of more than 50,000 characters or 25,000 tokens as the name of a file, unless the
     * tool says that it has such.
     */
    private static final String LARGEST_ANSWER = "anthropic/maxResultSizeChars";

    /** The most that Claude Code takes; a message of control characters alone takes 393,216 as JSON. */
    private static final int LARGEST_CHARACTERS = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(ToolServing.class);

    private ToolServing() {}

    /** The tool as the SDK wants it. */
    public static <I extends Record, O extends Record & Answer> SyncToolSpecification of(Tool<I, O> tool) {
        Tool.Definition<I, O> definition = tool.definition();
        McpSchema.Tool.Builder wire = McpSchema.Tool.builder(definition.name(), Schema.of(definition.input()))
                .description(definition.description())
                .outputSchema(Schema.ofAnswer(definition.output()));
        if (definition.readOnly()) {
            wire.annotations(ToolAnnotations.builder().readOnlyHint(true).build());
        }
        if (tool.answersAtLength()) {
            wire.meta(Map.of(LARGEST_ANSWER, LARGEST_CHARACTERS));
        }
        return SyncToolSpecification.builder()
                .tool(wire.build())
                .callHandler((exchange, request) -> call(tool, request, exchange.transportContext()))
                .build();
    }

    private static <I extends Record, O extends Record & Answer> CallToolResult call(
            Tool<I, O> tool, CallToolRequest request, McpTransportContext context) {
        try {
            Actor actor = (Actor) Objects.requireNonNull(context.get(ACTOR), "a call without an actor");
            Map<String, Object> given = Objects.requireNonNullElse(request.arguments(), Map.of());
            I arguments =
                    Arguments.bind(request.name(), given, tool.definition().input());
            O answer = tool.call(arguments, new ToolCall(actor, toolUseId(request)));
            return CallToolResult.builder()
                    .addTextContent(answer.text())
                    .structuredContent(Arguments.structured(answer))
                    .build();
        } catch (Failure failure) {
            return error(failure.hint()
                    .map(hint -> failure.text() + "\nhint: " + hint)
                    .orElse(failure.text()));
        } catch (RuntimeException e) {
            LOG.error("the tool {} failed", request.name(), e);
            return error(
                    "something went wrong inside Katra\nhint: the person at the shell finds it with: katra server logs");
        }
    }

    private static @Nullable String toolUseId(CallToolRequest request) {
        Map<String, Object> meta = request.meta();
        return meta != null && meta.get(TOOL_USE_ID) instanceof String id ? id : null;
    }

    private static CallToolResult error(String text) {
        return CallToolResult.builder().addTextContent(text).isError(true).build();
    }
}
