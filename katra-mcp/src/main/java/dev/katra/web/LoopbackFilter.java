package dev.katra.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a page in a browser could send: with a Host that is not this server on loopback (421, DNS
 * rebinding) or an Origin of somewhere else (403).
 */
public final class LoopbackFilter extends HttpFilter {

    /** The Host header of requests over the home's Unix socket. */
    public static final String SOCKET_HOST = "katra";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        Set<String> own = ownHosts(request.getLocalPort());
        @Nullable String host = request.getHeader("Host");
        if (host == null || !own.contains(host.toLowerCase(Locale.ROOT))) {
            response.setHeader("Connection", "close");
            response.sendError(421);
        } else if (!Collections.list(request.getHeaders("Origin")).stream().allMatch(origin -> isOwn(origin, own))) {
            response.setHeader("Connection", "close");
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Set<String> ownHosts(int port) {
        if (port <= 0) { // Tomcat reports no port for the Unix socket
            return Set.of(SOCKET_HOST);
        }
        return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    private static boolean isOwn(String given, Set<String> own) {
        String origin = given.toLowerCase(Locale.ROOT);
        return origin.startsWith("http://") && own.contains(origin.substring("http://".length()));
    }
}
