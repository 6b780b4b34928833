package dev.katra.core.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.Lifetime;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionProcess;
import dev.katra.core.session.SessionProgress;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionScreen;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class WakeReachabilityTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final WakeReachability hearing =
            new WakeReachability(beans.getBeanProvider(WakeListeners.class), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void anIdleSessionThatNothingWaitsInIsDeaf() {
        beans.addBean("listening", (WakeListeners) id -> false);

        assertThat(hearing.isUnreachable(session(SessionState.IDLE, WakePolicy.DIRECT, 6)))
                .isTrue();
        assertThat(hearing.isUnreachable(session(SessionState.IDLE, WakePolicy.ALL, 6)))
                .isTrue();
    }

    @Test
    void othersAreNot() {
        beans.addBean("listening", (WakeListeners) id -> false);

        assertThat(hearing.isUnreachable(session(SessionState.WORKING, WakePolicy.DIRECT, 6)))
                .as("it will wait when its turn is over")
                .isFalse();
        assertThat(hearing.isUnreachable(session(SessionState.IDLE, WakePolicy.NEVER, 6)))
                .as("nothing shall wake it")
                .isFalse();
        assertThat(hearing.isUnreachable(session(SessionState.IDLE, WakePolicy.DIRECT, 4)))
                .as("its turn is only just over")
                .isFalse();
    }

    @Test
    void oneThatWaitsIsNot() {
        beans.addBean("listening", (WakeListeners) id -> id == 7);

        assertThat(hearing.isUnreachable(session(SessionState.IDLE, WakePolicy.DIRECT, 6)))
                .isFalse();
    }

    private static Session session(SessionState state, WakePolicy wake, int seconds) {
        return new Session(
                7,
                "uid",
                1,
                "hash",
                new ModelSource("demo", null, "direct"),
                "/work",
                new SessionPurpose(null, wake),
                new SessionClient("conversation", false),
                new SessionScreen(Place.TMUX, null, null),
                new SessionProcess(null, null, null),
                new SessionProgress(state, NOW.minusSeconds(seconds), null, null),
                new Lifetime(NOW, null, null, null));
    }
}
