package dev.katra.shell.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.Mailbox;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person's hearing shows and proves received, over a real store. */
@Timeout(30)
class HearCommandTests {

    @TempDir
    Path home;

    private static final ActingAs ADA = new ActingAs("Ada");

    private TestStore store;
    private RoomService room;
    private ActorResolver speakers;
    private HearCommand hear;
    private Clock clock;
    private long ada;
    private Actor bob;

    @BeforeEach
    void open() {
        store = TestStore.open(home);
        PersonaService personas = store.bean(PersonaService.class);
        room = store.bean(RoomService.class);
        speakers = new ActorResolver(personas, store.bean(SessionService.class));
        clock = store.bean(Clock.class);
        hear = new HearCommand(room, speakers, clock, Optional.of(Path.of("/opt/katra/katra")));
        ada = store.human("Ada").personaId();
        bob = store.human("Bob");
        room.say(bob, NewMessage.to(List.of(), "first"), null);
        room.say(bob, NewMessage.to(List.of(), "second"), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aMessageOfAnotherDayHasItsDay() {
        TestCaller later = TestCaller.of("hear").variable("TZ", "UTC");
        HearCommand tomorrow =
                new HearCommand(room, speakers, Clock.offset(clock, Duration.ofDays(1)), Optional.empty());

        tomorrow.hear(later.caller(), false, ADA, Options.TEXT, null);

        assertThat(later.out().lines())
                .allMatch(line -> line.matches("#\\d 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d Bob .*"))
                .hasSize(2);
    }

    @Test
    void whatIsWrittenIsReceivedWhenTheCallerComesBack() {
        TestCaller caller = TestCaller.of("hear");
        Outcome outcome = hear.hear(caller.caller(), false, ADA, Options.JSON, null);
        assertThat(caller.out()).contains("first").contains("second");
        assertThat(outcome)
                .isEqualTo(new Outcome.Exec(
                        List.of("/opt/katra/katra", "hear", "--received", "1,2", "--as", "Ada", "--json")));
        assertThat(room.unread(ada)).as("until then").isEqualTo(2);

        TestCaller again = TestCaller.of("hear").terminal();
        assertThat(hear.hear(again.caller(), false, ADA, Options.TEXT, "1,2")).isEqualTo(Outcome.OK);
        assertThat(again.out() + again.err()).isEmpty();
        assertThat(room.unread(ada)).isZero();
    }

    @Test
    void whatWasWrittenToACallerWhoIsGoneIsNotReceived() {
        TestCaller caller = TestCaller.of("hear");

        assertThat(hear.hear(with(caller, () -> true), false, ADA, Options.TEXT, null))
                .isEqualTo(Outcome.OK);

        assertThat(room.unread(ada)).isEqualTo(2);
    }

    @Test
    void withoutAProgramToComeBackWithWhatWasSentIsReceived() {
        TestCaller caller = TestCaller.of("hear");
        HearCommand alone = new HearCommand(room, speakers, clock, Optional.empty());

        assertThat(alone.hear(caller.caller(), false, ADA, Options.TEXT, null)).isEqualTo(Outcome.OK);

        assertThat(caller.out()).contains("first").contains("second");
        assertThat(room.unread(ada)).isZero();
    }

    @Test
    void sessionsAreToldToUseTheirTool() {
        Caller inside =
                TestCaller.of("hear").variable("KATRA_SESSION_TOKEN", "token").caller();

        assertThatThrownBy(() -> hear.hear(inside, false, Options.NOT_NAMED, Options.TEXT, null))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.hint()).contains("use the tool katra_hear"));
    }

    @Test
    void onlyNumbersAreReceived() {
        assertThatThrownBy(() -> hear.hear(TestCaller.of("hear").caller(), false, ADA, Options.TEXT, "1,all"))
                .hasMessage("--received \"1,all\" is not a list of message numbers");
    }

    @Test
    void nobodyIsKeptWaitingForAPersonWhoHasHeard() {
        hear.hear(TestCaller.of("hear").caller(), false, ADA, Options.TEXT, null);

        assertThat(store.bean(Mailbox.class).countWaiting(ada)).isZero();
    }

    @Test
    void followingShowsWhatComesUntilTheCallerLeaves() throws Exception {
        TestCaller caller = TestCaller.of("hear").terminal();
        CompletableFuture<Outcome> following =
                CompletableFuture.supplyAsync(() -> hear.hear(caller.caller(), true, ADA, Options.TEXT, "1,2"));
        await(() -> store.bean(Mailbox.class).countWaiting(ada) == 1);

        room.say(bob, NewMessage.to(List.of("Ada"), "third"), null);

        assertThat(following.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Outcome.Exec(
                        List.of("/opt/katra/katra", "hear", "--received", "3", "--follow", "--as", "Ada")));
        assertThat(caller.out())
                .as("coloured, and marked as a person's")
                .matches("#3 [0-9:]{8} \u001b\\[1;[0-9]+mBob \\(human\\)\u001b\\[0m \\(to you\\): third\n");

        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Outcome> leaving =
                CompletableFuture.supplyAsync(() -> hear.hear(with(caller, gone::get), true, ADA, Options.TEXT, "3"));
        await(() -> store.bean(Mailbox.class).countWaiting(ada) == 1);
        gone.set(true);
        assertThat(leaving.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.OK);
        assertThat(store.bean(Mailbox.class).countWaiting(ada)).isZero();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait(); // the test's limit ends it
        }
    }

    private static Caller with(TestCaller caller, BooleanSupplier gone) {
        return caller.caller().disconnectedWhen(gone);
    }
}
