package dev.katra.mcp.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns away what a page in a browser could send: a Host that is not this server on loopback (421, DNS rebinding) and
 * an Origin of somewhere else (403).
 */
public final class LoopbackFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getLocalPort() == 0) { // Tomcat's way to say: over the private Unix socket, which no page can reach
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        Set<String> own = own(request.getLocalPort());
        @Nullable String host = request.getHeader("Host");
        @Nullable String origin = request.getHeader("Origin");
        if (host == null || !own.contains(host.toLowerCase(Locale.ROOT))) {
            response.sendError(421);
        } else if (origin != null && !isOwn(origin.toLowerCase(Locale.ROOT), own)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Set<String> own(int port) {
        return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    private static boolean isOwn(String origin, Set<String> own) {
        return origin.startsWith("http://") && own.contains(origin.substring("http://".length()));
    }
}
