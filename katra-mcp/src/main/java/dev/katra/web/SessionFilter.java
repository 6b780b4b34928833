package dev.katra.web;

import dev.katra.core.contract.SessionContract;
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
 * Admits only requests of a live session. The session's token comes as {@code Authorization: Bearer} or, on a model's
 * endpoint (where that header is for the model's own key) and with log events (where the client allows no blank in a
 * header), as {@code X-Katra-Session}.
 */
public final class SessionFilter extends HttpFilter {

    private static final String ACTOR = Actor.class.getName();
    private static final String BEARER = "bearer ";

    private final SessionService sessions;

    public SessionFilter(SessionService sessions) {
        this.sessions = sessions;
    }

    /** Returns who sent a request that has passed this filter. */
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
            response.setHeader("Connection", "close");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        request.setAttribute(ACTOR, actor.get());
        try {
            chain.doFilter(request, response);
        } catch (RefusedBody e) {
            if (!response.isCommitted()) { // it is committed if the client has left
                e.getHeaders().forEach((name, values) -> response.setHeader(name, values.get(0)));
                response.sendError(e.getStatusCode().value());
            }
        }
    }

    private static Optional<String> token(HttpServletRequest request) {
        if (ModelPaths.contains(request) || request.getRequestURI().equals(SessionContract.LOGS_PATH)) {
            return Optional.ofNullable(request.getHeader(SessionContract.TOKEN_HEADER))
                    .map(String::strip);
        }
        @Nullable String authorization = request.getHeader("Authorization");
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        return Optional.of(authorization.substring(BEARER.length()).strip());
    }
}
