package dev.katra.mcp.server;

import dev.katra.core.session.SessionService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells when a session has shaken hands over MCP, and refuses the stream from server to client: nothing is ever sent on
 * it, and a client that dies would leave it open.
 */
final class HandshakeFilter extends OncePerRequestFilter {

    private final SessionService sessions;
    private final Set<String> greeted = ConcurrentHashMap.newKeySet();
    private final Set<Long> connected = ConcurrentHashMap.newKeySet();

    HandshakeFilter(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("GET")) {
            response.setHeader("Allow", "POST, DELETE");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        noteHandshake(request);
        chain.doFilter(request, response);
    }

    /**
     * initialize is answered with the id of an MCP session. The first request that shows it says that the client has
     * taken it in, the second asks for the tools: then the client is connected, also for the answer to this request.
     */
    private void noteHandshake(HttpServletRequest request) {
        String mcpSession = request.getHeader("Mcp-Session-Id");
        if (mcpSession == null || greeted.add(mcpSession)) {
            return;
        }
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        if (connected.add(session)) {
            sessions.connected(session);
        }
    }
}
