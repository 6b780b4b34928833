package dev.katra.shell.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.Mailbox;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.console.Caller;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.util.List;
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

    private TestStore store;
    private RoomService room;
    private HearCommand hear;
    private long ada;
    private Actor bob;

    @BeforeEach
    void open() {
        store = TestStore.open(home);
        PersonaService personas = store.bean(PersonaService.class);
        room = store.bean(RoomService.class);
        hear = new HearCommand(room, new Speakers(personas, store.bean(SessionService.class)));
        ada = personas.ensure("Ada", true).id();
        bob = Actor.human(personas.ensure("Bob", true));
        room.say(bob, NewMessage.to(List.of(), "first"), null);
        room.say(bob, NewMessage.to(List.of(), "second"), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsWrittenIsReceivedOnce() {
        assertThat(heard(false)).contains("first").contains("second");
        assertThat(heard(false)).isEmpty();
    }

    @Test
    void whatWasWrittenToACallerWhoIsGoneIsNotReceived() {
        heard(true);

        assertThat(heard(false)).contains("first").contains("second");
    }

    @Test
    void nobodyIsKeptWaitingForAPersonWhoHasHeard() {
        heard(false);

        assertThat(store.bean(Mailbox.class).waiting(ada)).isZero();
    }

    @Test
    void followingShowsWhatComesUntilTheCallerLeaves() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        TestCaller caller = TestCaller.of("hear").terminal();
        CompletableFuture<Void> following =
                CompletableFuture.runAsync(() -> hear.hear(with(caller, gone::get), true, "Ada", false));
        await(() -> caller.out().contains("second"));
        await(() -> store.bean(Mailbox.class).waiting(ada) == 1);

        room.say(bob, NewMessage.to(List.of("Ada"), "third"), null);

        await(() -> caller.out().contains("third"));
        assertThat(caller.out())
                .as("coloured, and marked as a person's")
                .containsPattern("#3 [0-9:]{8} \u001b\\[1;[0-9]+mBob \\(human\\)\u001b\\[0m \\(to you\\): third");
        assertThat(caller.out().split("first", -1)).hasSize(2);
        gone.set(true);
        following.get(10, TimeUnit.SECONDS);
        assertThat(store.bean(Mailbox.class).waiting(ada)).isZero();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait(); // the test's limit ends it
        }
    }

    private String heard(boolean gone) {
        TestCaller caller = TestCaller.of("hear");
        hear.hear(with(caller, () -> gone), false, "Ada", false);
        return caller.out();
    }

    private static Caller with(TestCaller caller, BooleanSupplier gone) {
        Caller c = caller.caller();
        return new Caller(c.arguments(), c.environment(), c.folder(), c.terminal(), c.input(), c.out(), c.err(), gone);
    }
}
