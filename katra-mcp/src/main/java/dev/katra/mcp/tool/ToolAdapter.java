package dev.katra.mcp.tool;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link Tool} through the MCP SDK. An error that a model can repair comes back as a result that is an error.
 */
public final class ToolAdapter<I extends Record, O extends Record & ToolAnswer> {

    /** The key under which the transport context carries the {@link Actor} of a request. */
    public static final String ACTOR = "katra/actor";

    private static final ClientMetadata CLIENT = ClientMetadata.installed();
    private static final Logger LOG = LoggerFactory.getLogger(ToolAdapter.class);

    private final Tool<I, O> tool;
    private final Tool.Definition<I, O> definition;

    /** Wraps this tool for the SDK. */
    public ToolAdapter(Tool<I, O> tool) {
        this.tool = tool;
        this.definition = tool.definition();
    }

    /** Returns the tool's name. */
    public String name() {
        return definition.name();
    }

    /** Returns the tool as the SDK takes it for the protocols up to 2025-11-25. */
    public SyncToolSpecification older() {
        McpSchema.Tool.Builder wire = McpSchema.Tool.builder(name(), Schema.of(definition.input()))
                .description(definition.description())
                .outputSchema(Schema.ofAnswer(definition.output()));
        if (definition.readOnly()) {
            wire.annotations(
                    McpSchema.ToolAnnotations.builder().readOnlyHint(true).build());
        }
        if (tool.mayAnswerAtLength()) {
            wire.meta(CLIENT.ofLongAnswers());
        }
        return SyncToolSpecification.builder()
                .tool(wire.build())
                .callHandler((context, request) ->
                        call(context, request.arguments(), request.meta()).older())
                .build();
    }

    private McpSyncTool modern() {
        io.modelcontextprotocol.modern.McpSchema.Tool.Builder wire =
                io.modelcontextprotocol.modern.McpSchema.Tool.builder(name(), Schema.of(definition.input()))
                        .description(definition.description())
                        .outputSchema(Schema.ofAnswer(definition.output()));
        if (definition.readOnly()) {
            wire.annotations(io.modelcontextprotocol.modern.McpSchema.ToolAnnotations.builder()
                    .readOnlyHint(true)
                    .build());
        }
        if (tool.mayAnswerAtLength()) {
            wire.meta(CLIENT.ofLongAnswers());
        }
        return McpSyncTool.of(
                wire.build(),
                (context, request) ->
                        McpSyncResponse.result(call(context.transportContext(), request.arguments(), request.meta())
                                .modern()));
    }

    /** Returns the tools as the SDK takes them for the protocol of 2026-07-28. */
    public static McpSyncToolRepository modern(List<ToolAdapter<?, ?>> tools) {
        Map<String, McpSyncTool> byName = new LinkedHashMap<>();
        tools.forEach(served -> byName.put(served.name(), served.modern()));
        ToolsPage all = ToolsPage.of(
                byName.values().stream().map(McpSyncTool::definition).toList());
        return new McpSyncToolRepository() {
            @Override
            public ToolsPage list(McpRequestContext context, @Nullable String cursor) {
                return all;
            }

            @Override
            public @Nullable McpSyncTool find(McpRequestContext context, String name) {
                return byName.get(name);
            }
        };
    }

    private CallOutcome call(
            McpTransportContext context, @Nullable Map<String, Object> given, @Nullable Map<String, Object> meta) {
        try {
            Actor actor = (Actor) Objects.requireNonNull(context.get(ACTOR), "a call without an actor");
            I arguments = ArgumentBinder.bind(name(), Objects.requireNonNullElse(given, Map.of()), definition.input());
            O answer = tool.call(arguments, new ToolCall(actor, toolUseId(meta)));
            return new CallOutcome(answer.text(), ArgumentBinder.structured(answer));
        } catch (Failure failure) {
            return new CallOutcome(
                    failure.hint()
                            .map(hint -> failure.text() + "\nhint: " + hint)
                            .orElse(failure.text()),
                    null);
        } catch (RuntimeException e) {
            LOG.error("the tool {} failed", name(), e);
            return new CallOutcome(
                    "something went wrong inside Katra\nhint: the person at the shell finds it with: katra server logs",
                    null);
        }
    }

    private static @Nullable String toolUseId(@Nullable Map<String, Object> meta) {
        return meta != null && meta.get(CLIENT.callIdKey()) instanceof String id ? id : null;
    }

    /**
     * Holds the outcome of a call.
     *
     * @param structured the answer as JSON; null if the call failed
     */
    private record CallOutcome(String text, @Nullable Object structured) {

        McpSchema.CallToolResult older() {
            McpSchema.CallToolResult.Builder result =
                    McpSchema.CallToolResult.builder().addTextContent(text);
            return structured == null
                    ? result.isError(true).build()
                    : result.structuredContent(structured).build();
        }

        io.modelcontextprotocol.modern.McpSchema.CallToolResult modern() {
            io.modelcontextprotocol.modern.McpSchema.CallToolResult.Builder result =
                    io.modelcontextprotocol.modern.McpSchema.CallToolResult.builder()
                            .addContent(io.modelcontextprotocol.modern.McpSchema.TextContent.builder(text)
                                    .build());
            return structured == null
                    ? result.isError(true).build()
                    : result.structuredContent(structured).build();
        }
    }
}
