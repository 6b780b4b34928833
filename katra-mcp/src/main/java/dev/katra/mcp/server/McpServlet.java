package dev.katra.mcp.server;

import dev.katra.web.JsonRpc;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.modern.McpSchema.MetaKeys;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Serves the MCP endpoint in two protocols: that of 2026-07-28, where each request says its version, and that up to
 * 2025-11-25, which begins with {@code initialize}. Neither keeps anything of a client between two requests.
 */
final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The types of the parameters of the older protocol's requests, by method. */
    private static final Map<String, TypeRef<?>> PARAM_TYPES =
            Map.of("initialize", new TypeRef<InitializeRequest>() {}, "tools/call", new TypeRef<CallToolRequest>() {});

    private final transient McpServers servers;

    McpServlet(McpServers servers) {
        this.servers = servers;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        McpMessage message = McpMessage.of(request);
        if (message.isNotification()) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else if (isModern(request, message)) {
            servers.modern().service(request, response);
        } else if (hasValidParams(message)) {
            servers.older().service(request, response);
        } else {
            JsonNode answer = JsonRpc.error(
                    message.id(), JsonRpc.INVALID_PARAMS, "the params are not those of " + message.method());
            response.setContentType("application/json");
            response.getOutputStream().write(answer.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Returns whether a message is of the newer protocol: only that says its version in every message, and its client
     * begins with a request of its own.
     */
    private static boolean isModern(HttpServletRequest request, McpMessage message) {
        return McpServers.MODERN.equals(request.getHeader("MCP-Protocol-Version"))
                || message.params().path("_meta").has(MetaKeys.PROTOCOL_VERSION)
                || message.method().equals("server/discover");
    }

    /** Returns whether the parameters are what the method takes. The SDK would answer with what went wrong inside. */
    private boolean hasValidParams(McpMessage message) {
        TypeRef<?> type = PARAM_TYPES.get(message.method());
        if (type == null) {
            return true;
        }
        JsonNode params = message.params();
        if (params.isEmpty()
                || (message.method().equals("tools/call")
                        && !params.path("name").isString())) {
            return false;
        }
        try {
            return servers.json().convertValue(params, type) != null;
        } catch (IllegalArgumentException | JacksonException e) {
            return false;
        }
    }
}
