package dev.katra.mcp.server;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads the message of a request to the MCP endpoint once, for everything behind it, and refuses what is not a message.
 * It notes when a session's client has connected: the handshake is complete once the client asks for the tools. There
 * is no stream from server to client, because nothing would ever be sent, and no MCP session that could be ended,
 * because each request says by its token whose it is.
 */
final class McpMessageFilter extends HttpFilter {

    private final SessionService sessions;
    private final BodyBudget bodies;
    private final int largest;
    private final SessionScoped<Boolean> connected;

    /** @param largest the largest message, in bytes */
    McpMessageFilter(SessionService sessions, SessionWatch watch, BodyBudget bodies, int largest) {
        this.connected = new SessionScoped<>(watch);
        this.sessions = sessions;
        this.bodies = bodies;
        this.largest = largest;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        byte[] body = bodies.json(request, largest);
        McpMessage message;
        try {
            message = McpMessage.read(body);
        } catch (McpMessage.MalformedMessage e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("application/json");
            response.getOutputStream().write(e.answer().toString().getBytes(StandardCharsets.UTF_8));
            return;
        } finally {
            bodies.parsed(request);
        }
        message.attachTo(request);
        if (message.method().startsWith("tools/")) {
            noteConnected(Objects.requireNonNull(SessionFilter.actor(request).sessionId()));
        }
        chain.doFilter(new CachedRequest(request, body), response);
    }

    private void noteConnected(long session) {
        if (!connected.contains(session)) {
            sessions.recordConnection(session);
            connected.put(session, true);
        }
    }

    /** Returns the number of sessions that are remembered. */
    int rememberedSessions() {
        return connected.size();
    }
}
