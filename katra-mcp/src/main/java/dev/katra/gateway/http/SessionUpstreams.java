package dev.katra.gateway.http;

import dev.katra.core.concurrent.BoundedCache;
import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.gateway.upstream.Target;
import java.util.Objects;
import java.util.Optional;

/** Knows where sessions' requests go, and remembers what was learned of the endpoints there. A restart forgets both. */
final class SessionUpstreams {

    private static final int MAX_ENTRIES = 1_000;

    private final SessionService sessions;
    private final SessionScoped<SessionUpstream> known;
    private final BoundedCache<Target, Target> learned = new BoundedCache<>(MAX_ENTRIES);
    private final BoundedCache<ConversationTarget, Boolean> unreadable = new BoundedCache<>(MAX_ENTRIES);

    SessionUpstreams(SessionService sessions, SessionWatch watch) {
        this.sessions = sessions;
        this.known = new SessionScoped<>(watch);
    }

    /**
     * Returns where a session's requests go; empty if the session does not use the gateway. It never changes for a
     * session.
     */
    Optional<SessionUpstream> of(long sessionId) {
        SessionUpstream upstream = known.get(sessionId);
        if (upstream != null) {
            return Optional.of(upstream);
        }
        Optional<SessionUpstream> found = sessions.find(sessionId).flatMap(session -> sessions.upstream(sessionId)
                .map(stored ->
                        SessionUpstream.of(session.uid(), session.source().provider(), stored)));
        found.ifPresent(each -> known.put(sessionId, each));
        return found;
    }

    /** Returns the target with what its endpoint has taught so far. */
    Target withLearned(Target target) {
        return Objects.requireNonNullElse(learned.get(target), target);
    }

    /**
     * Remembers what an endpoint has taught.
     *
     * @param target the target as the provider's entry describes it
     * @param taught the target with what was learned
     */
    void learn(Target target, Target taught) {
        learned.put(target, taught);
    }

    /**
     * Returns whether a target could not read the reasoning of this conversation; false for a conversation without a
     * name.
     */
    boolean isReasoningUnreadable(Target target, String conversation) {
        return unreadable.get(new ConversationTarget(target, conversation)) != null;
    }

    /** Remembers that a target cannot read the reasoning of this conversation. */
    void rememberUnreadable(Target target, String conversation) {
        if (!conversation.isEmpty()) {
            unreadable.put(new ConversationTarget(target, conversation), true);
        }
    }

    /** A ConversationTarget holds a target and the client's name for a conversation with it. */
    private record ConversationTarget(Target target, String conversation) {}
}
