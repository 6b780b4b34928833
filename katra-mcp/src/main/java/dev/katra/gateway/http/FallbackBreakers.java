package dev.katra.gateway.http;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the circuit breakers of each session that has fallbacks. A restart forgets them. */
final class FallbackBreakers {

    private final SessionScoped<List<CircuitBreaker>> sessions;
    private final FallbackSettings settings;
    private final Clock clock;

    FallbackBreakers(SessionWatch watch, FallbackSettings settings, Clock clock) {
        this.sessions = new SessionScoped<>(watch);
        this.settings = settings;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** Returns the breaker of the session's own endpoint, and after it those of its fallbacks. */
    List<CircuitBreaker> of(SessionUpstream session) {
        return sessions.computeIfAbsent(session.sessionId(), () -> IntStream.rangeClosed(
                        0, session.fallbacks().size())
                .mapToObj(each -> new CircuitBreaker(settings.pause(), settings.longestPause(), clock))
                .toList());
    }
}
