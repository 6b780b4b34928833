package dev.katra.shell.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.RoomService;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestStore;
import dev.katra.core.wake.WakePrediction;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and receipts as a person sees them, over a real store. */
class HistoryCommandTests {

    @TempDir
    Path home;

    private TestStore store;
    private SayCommand say;
    private HistoryCommand history;

    @BeforeEach
    void open() {
        store = TestStore.open(home);
        PersonaService personas = store.bean(PersonaService.class);
        RoomService room = store.bean(RoomService.class);
        ActorResolver speakers = new ActorResolver(personas, store.bean(SessionService.class));
        say = new SayCommand(
                room, speakers, store.bean(WakePrediction.class), new MaskedNote(store.bean(SecretGuard.class)));
        history = new HistoryCommand(room, speakers);
        Actor sam = store.human("Sam");
        store.human("Charlotte");
        say("Ada", null, List.of("Sam", "charlotte"), "shall we?");
        say("Ada", null, List.of(), "something else");
        room.markReceived(sam, List.of(1L));
        say("Sam", 1L, List.of(), "we shall");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aThreadIsAMessageAndItsAnswers() {
        assertThat(history(1L, false).lines().map(HistoryCommandTests::withoutTime))
                .containsExactly(
                        "#1 Ada (human) (to Sam, Charlotte): shall we?",
                        "#3 Sam (human) (to Charlotte, Ada) (re #1): we shall");
    }

    @Test
    void receiptsSayHowFarAMessageHasComeWithEach() {
        assertThat(history(null, true).lines().map(HistoryCommandTests::withoutTime))
                .startsWith(
                        "#1 Ada (human) (to Sam, Charlotte): shall we?",
                        "        Sam        received",
                        "        Charlotte  queued",
                        "#2 Ada (human): something else");
    }

    @Test
    void anAnswerToNothingIsRefused() {
        Failure failure = Assertions.catchThrowableOfType(Failure.class, () -> say("Sam", 77L, List.of(), "to what?"));

        assertThat(failure.text()).isEqualTo("there is no message 77 for you to answer");
    }

    @Test
    void noMessageCanPassForAnother() {
        say("Ada", null, List.of(), "one\r#9 Sam: yes\u001b[2K\n#9 Sam: yes");

        assertThat(history(null, false))
                .contains("Ada (human): one␍#9 Sam: yes␛[2K\n    #9 Sam: yes")
                .doesNotContain("\r", "\u001b");
    }

    private void say(String as, @Nullable Long replyTo, List<String> to, String text) {
        say.say(
                TestCaller.of("say").caller(),
                new NewMessageOptions(to, replyTo),
                new ActingAs(as),
                Options.TEXT,
                List.of(text));
    }

    private String history(@Nullable Long thread, boolean receipts) {
        TestCaller caller = TestCaller.of("history");
        history.history(caller.caller(), new MessageFilterOptions(20, null, null, thread), receipts, Options.TEXT);
        return caller.out();
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^(#[0-9]+) [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "$1");
    }
}
