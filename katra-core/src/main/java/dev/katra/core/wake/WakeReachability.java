package dev.katra.core.wake;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Decides whether mail can wake a session: one that is idle and to be woken for mail is unreachable if nothing in it
 * waits for the wake signal.
 */
@Component
public class WakeReachability {

    /** The time that a session has to begin to wait after it has become idle. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final ObjectProvider<WakeListeners> listening;
    private final Clock clock;

    WakeReachability(ObjectProvider<WakeListeners> listening, Clock clock) {
        this.listening = listening;
        this.clock = clock;
    }

    /** Returns whether the session is unreachable. */
    public boolean isUnreachable(Session session) {
        return session.progress().state() == SessionState.IDLE
                && session.purpose().wake() != WakePolicy.NEVER
                && session.progress().stateAt().plus(SETTLING).isBefore(clock.instant())
                && listening.stream().anyMatch(known -> !known.isListening(session.id()));
    }
}
