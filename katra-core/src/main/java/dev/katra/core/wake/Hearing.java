package dev.katra.core.wake;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Says of a session whether it is deaf: idle, to be woken for mail, and nothing in it waits for the word. */
@Component
public class Hearing {

    /** What a session that has just become idle is given to begin to wait. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final ObjectProvider<Listening> listening;
    private final Clock clock;

    Hearing(ObjectProvider<Listening> listening, Clock clock) {
        this.listening = listening;
        this.clock = clock;
    }

    /** Whether it is. */
    public boolean deaf(Session session) {
        return session.state() == SessionState.IDLE
                && session.wake() != WakePolicy.NEVER
                && session.stateAt().plus(SETTLING).isBefore(clock.instant())
                && listening.stream().anyMatch(known -> !known.listening(session.id()));
    }
}
