package dev.katra.mcp.server;

import dev.katra.core.persona.Actor;
import dev.katra.core.session.SessionService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only requests of a live session. Its token comes as {@code Authorization: Bearer} or, on a model's endpoint
 * (where that header is for the model's own key), as {@code X-Katra-Session}.
 */
public final class SessionFilter extends HttpFilter {

    /** The header of requests to a model's endpoint. */
    public static final String HEADER = "X-Katra-Session";

    private static final String ACTOR = Actor.class.getName();
    private static final String BEARER = "bearer ";

    private final SessionService sessions;

    public SessionFilter(SessionService sessions) {
        this.sessions = sessions;
    }

    /** Who sent a request that has passed this filter. */
    public static Actor actor(HttpServletRequest request) {
        if (request.getAttribute(ACTOR) instanceof Actor actor) {
            return actor;
        }
        throw new IllegalStateException("the path " + request.getServletPath() + " is not behind the session filter");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (ModelPaths.isProbe(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Actor> actor = token(request).flatMap(sessions::actor);
        if (actor.isEmpty()) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        request.setAttribute(ACTOR, actor.get());
        chain.doFilter(request, response);
    }

    private static Optional<String> token(HttpServletRequest request) {
        if (ModelPaths.contains(request)) {
            return Optional.ofNullable(request.getHeader(HEADER)).map(String::strip);
        }
        @Nullable String authorization = request.getHeader("Authorization");
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        return Optional.of(authorization.substring(BEARER.length()).strip());
    }
}
