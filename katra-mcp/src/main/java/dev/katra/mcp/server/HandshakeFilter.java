package dev.katra.mcp.server;

import dev.katra.core.session.SessionService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells when a session has shaken hands over MCP, and refuses the stream from server to client: nothing is ever sent on
 * it, and a client that dies would leave it open.
 */
final class HandshakeFilter extends HttpFilter {

    private static final String CONNECTED = "";

    private final SessionService sessions;
    /** By session, the MCP session that it showed last, or {@link #CONNECTED}. */
    private final Map<Long, String> greeted = new ConcurrentHashMap<>();

    HandshakeFilter(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
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
        if (mcpSession == null || mcpSession.isEmpty()) {
            return;
        }
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        String last = greeted.get(session);
        if (CONNECTED.equals(last)) {
            return;
        }
        if (!mcpSession.equals(last)) {
            greeted.put(session, mcpSession);
            forgetEnded();
        } else if (greeted.replace(session, last, CONNECTED)) {
            sessions.connected(session);
        }
    }

    /** Which is asked only when a client is new. */
    private void forgetEnded() {
        Set<Long> known = new HashSet<>(greeted.keySet()); // taken first: a session that starts meanwhile stays
        sessions.live().forEach(live -> known.remove(live.session().id()));
        greeted.keySet().removeAll(known);
    }

    /** How many sessions it remembers: those that live, and those that have ended since the last one connected. */
    int remembered() {
        return greeted.size();
    }
}
