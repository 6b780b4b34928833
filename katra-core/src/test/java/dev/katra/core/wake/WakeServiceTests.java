package dev.katra.core.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeServiceTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private WakeService wakes;
    private Actor dario;
    private Actor samHimself;
    private long sam;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        wakes = store.bean(WakeService.class);
        samHimself = store.session("Sam");
        sam = Objects.requireNonNull(samHimself.sessionId());
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void wakesAnIdleSessionForItsOwnMail() {
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.NO_MAIL);
        say("Sam");
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
        assertThat(wakes.budget(sam)).isEqualTo(new WakeBudget(1, 20, null));
    }

    @Test
    void followsThePolicyWhileTheSessionRuns() {
        say();
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.NO_MAIL);
        store.sessions().setWakePolicy(sam, WakePolicy.ALL);
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
        store.sessions().setWakePolicy(sam, WakePolicy.NEVER);
        say("Sam");
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.NO_MAIL);
    }

    @Test
    void givesATurnBackOfWhichTheSessionCouldNotBeTold() {
        say("Sam");
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
        assertThat(wakes.budget(sam).used()).isOne();

        wakes.refundTurn(sam);

        assertThat(wakes.budget(sam).used()).isZero();
    }

    @Test
    void leavesABusySessionAlone() {
        say("Sam");
        for (SessionState state : List.of(SessionState.WORKING, SessionState.WAITING)) {
            store.sessions().changeState(sam, state);
            assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.BUSY);
        }
        store.sessions().changeState(sam, SessionState.STARTING);
        assertThat(wakes.tryCharge(sam, true)).isEqualTo(WakeOutcome.BUSY);
        store.sessions().changeState(sam, SessionState.WAITING);
        assertThat(wakes.tryCharge(sam, true))
                .as("a person comes first, however long it takes")
                .isEqualTo(WakeOutcome.BUSY);
        store.sessions().changeState(sam, SessionState.WORKING);
        assertThat(wakes.tryCharge(sam, true)).isEqualTo(WakeOutcome.WAKE);
        wakes.resetBudget(sam);
        store.sessions().end(sam, "stopped");
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.ENDED);
        assertThat(wakes.budget(sam).used()).isZero();
    }

    @Test
    void stopsWhenTheBudgetIsSpentUntilTimeHasPassed() {
        say("Sam");
        Instant first = clock.instant();
        for (int turn = 0; turn < 20; turn++) {
            assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.SPENT);
        assertThat(wakes.budget(sam)).isEqualTo(new WakeBudget(20, 20, first.plus(Duration.ofHours(1))));
        clock.advance(Duration.ofMinutes(40));
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.SPENT);
    }

    @Test
    void beginsAnewWhenAPersonHasWrittenAndTellsThoseWhoWatch() throws Exception {
        say("Sam");
        for (int turn = 0; turn < 20; turn++) {
            wakes.tryCharge(sam, false);
        }
        var change = store.bean(SessionWatch.class).nextChange(sam);
        wakes.resetBudget(sam);
        change.get(10, TimeUnit.SECONDS);
        assertThat(wakes.budget(sam).used()).isZero();
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
    }

    @Test
    void wakesOnceForMailThatAPromptCannotHold() {
        say("Sam");
        promptOf(0);
        assertThat(wakes.tryCharge(sam, false)).as("after a person's prompt").isEqualTo(WakeOutcome.WAKE);
        assertThat(wakes.tryCharge(sam, false)).as("before its own prompt").isEqualTo(WakeOutcome.WAKE);
        promptOf(0);
        assertThat(wakes.tryCharge(sam, false)).as("announced").isEqualTo(WakeOutcome.NO_MAIL);
        assertThat(wakes.budget(sam).used()).isEqualTo(2);
        say();
        assertThat(wakes.tryCharge(sam, false)).as("what does not wake").isEqualTo(WakeOutcome.NO_MAIL);

        say("Sam");
        assertThat(wakes.tryCharge(sam, false)).as("something new").isEqualTo(WakeOutcome.WAKE);
        promptOf(0);
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.NO_MAIL);

        wakes.resetBudget(sam);
        assertThat(wakes.tryCharge(sam, false)).as("a person wants it").isEqualTo(WakeOutcome.WAKE);
    }

    @Test
    void wakesForWhatIsBehindMailThatWasAskedFor() {
        say("Sam");
        say("Sam");
        wakes.tryCharge(sam, false);
        promptOf(0);
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.NO_MAIL);
        store.room().hear(samHimself, "h1", null, message -> 48 * 1024);
        store.room().confirmReceived(samHimself, List.of("h1"));
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
    }

    @Test
    void wakesAgainWhenAPromptsMailWasLost() {
        say("Sam");
        wakes.tryCharge(sam, false);
        promptOf(100);
        store.room().withdraw(samHimself, List.of("p"));
        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
    }

    private void promptOf(int bytes) {
        store.room()
                .hearWithPrompt(
                        samHimself, "p", bytes, message -> message.said().text().length());
    }

    private void say(String... to) {
        store.room().say(dario, NewMessage.to(List.of(to), "hello"), null);
    }
}
