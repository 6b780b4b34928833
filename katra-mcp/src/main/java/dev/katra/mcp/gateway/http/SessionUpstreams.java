package dev.katra.mcp.gateway.http;

import dev.katra.core.session.SessionService;
import dev.katra.core.upstream.Quirks;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where sessions' requests go, and what was learned of the endpoints there. Both are forgotten at a restart. */
final class SessionUpstreams {

    private static final int KEPT = 1_000;

    private final SessionService sessions;
    private final Map<Long, SessionUpstream> known = new ConcurrentHashMap<>();
    private final Map<Target, Quirks> learned = new ConcurrentHashMap<>();

    SessionUpstreams(SessionService sessions) {
        this.sessions = sessions;
    }

    /** Where a session's requests go; empty if it is not on the gateway. It never changes for a session. */
    Optional<SessionUpstream> of(long sessionId) {
        SessionUpstream upstream = known.get(sessionId);
        if (upstream != null) {
            return Optional.of(upstream);
        }
        Optional<SessionUpstream> found = sessions.find(sessionId).flatMap(session -> sessions.upstream(sessionId)
                .map(stored -> SessionUpstream.of(session.uid(), session.provider(), stored)));
        found.ifPresent(each -> {
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(sessionId, each);
        });
        return found;
    }

    /** The target with what its endpoint has taught so far. */
    Target experienced(Target target) {
        Quirks quirks = learned.get(target);
        return quirks == null ? target : target.with(quirks);
    }

    /** Remembers what an endpoint has taught about a target as its entry describes it. */
    void learned(Target target, Quirks quirks) {
        if (learned.size() < KEPT) {
            learned.put(target, quirks);
        }
    }
}
