package dev.katra.core.session;

import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Remembers which sessions are answered by a fallback now, instead of their own provider. A restart of the server forgets
 * it, and the next turn asks the session's own provider.
 */
@Component
public class ActiveFallbacks {

    private final SessionScoped<ActiveFallback> sessions;

    /**
     * An ActiveFallback says who answers in place of a session's own provider.
     *
     * @param provider the id of the provider that answers
     * @param model the model that answers, by the provider's name
     * @param since when it began to answer
     */
    public record ActiveFallback(String provider, String model, Instant since) {}

    ActiveFallbacks(SessionWatch watch) {
        this.sessions = new SessionScoped<>(watch);
    }

    /** Notes that this fallback answers the session now. */
    public void begin(long session, ActiveFallback fallback) {
        sessions.put(session, fallback);
    }

    /** Notes that the session's own provider answers again. */
    public void end(long session) {
        sessions.remove(session);
    }

    /** Returns the fallback that answers a session now; empty if its own provider does. */
    public Optional<ActiveFallback> of(long session) {
        return Optional.ofNullable(sessions.get(session));
    }
}
