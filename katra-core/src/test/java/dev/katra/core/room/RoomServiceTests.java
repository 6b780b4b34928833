package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomServiceTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private RoomService room;
    private Actor sam;
    private Actor dario;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        room = store.room();
        sam = store.session("Sam");
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void deliversToEveryoneElseInOrder() {
        Actor ada = store.human("Ada");
        for (int n = 0; n < 10; n++) {
            room.say(n % 2 == 0 ? dario : ada, List.of(), "m" + n, "c" + n);
        }
        Heard heard = room.hear(sam, "h1");
        assertThat(texts(heard)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(heard.messages()).extracting(HeardMessage::number).isSorted().doesNotHaveDuplicates();
        HeardMessage first = heard.messages().get(0);
        assertThat(first)
                .isEqualTo(new HeardMessage(first.number(), "Dario", false, true, "m0", clock.instant(), false));
        assertThat(heard.messages().get(1).human()).isTrue();
        assertThat(heard.waiting()).isZero();
    }

    @Test
    void doesNotLetASenderHearItself() {
        room.say(sam, List.of(), "to all", "c1");
        room.say(sam, List.of("Sam", "Dario"), "to us", "c2");
        assertThat(room.hear(sam, "h1")).isEqualTo(Heard.NOTHING);
        assertThat(texts(room.hear(dario, "h2"))).containsExactly("to all", "to us");
    }

    @Test
    void refusesAMessageToItsSenderOnly() {
        assertThat(refused(List.of("sam"), "x").code()).isEqualTo(Failure.Code.INVALID);
    }

    @Test
    void keepsForAPersonaThatIsAwayWhatIsSaidMeanwhile() {
        store.sessions().ended(sessionOf(sam), "exited");
        room.say(dario, List.of(), "while you were out", "c1");
        room.say(dario, List.of("sam"), "for you", "c2");
        Actor again = store.session("Sam");
        assertThat(texts(room.hear(again, "h1"))).containsExactly("while you were out", "for you");
    }

    @Test
    void doesNotDeliverToALaterPersonaWhatTheRoomHeardBefore() {
        room.say(dario, List.of(), "before", "c1");
        Actor charlie = store.session("Charlie");
        room.say(dario, List.of(), "after", "c2");
        assertThat(texts(room.hear(charlie, "h1"))).containsExactly("after");
    }

    @Test
    void deliversToEachNamedPersonaOnceAndToNobodyElse() {
        Actor charlie = store.session("Charlie");
        Said said = room.say(dario, List.of("SAM", "charlie", "Sam"), "psst", "c1");
        store.session("Eve");
        assertThat(said.recipients()).containsExactly("Sam", "Charlie");
        assertThat(said.toRoom()).isFalse();
        assertThat(room.unread()).isEqualTo(Map.of(sam.personaId(), 1, charlie.personaId(), 1));
        assertThat(room.hear(sam, "h1").messages())
                .extracting(HeardMessage::toRoom)
                .containsExactly(false);
    }

    @Test
    void saysNothingAtAllWhenOneNameIsUnknown() {
        Failure failure = refused(List.of("Sam", "Darjo"), "x");
        assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(failure).hasMessage("no persona is called \"Darjo\"");
        assertThat(failure.hint()).contains("did you mean Dario? known: Dario, Sam");
        assertThat(room.unread()).isEmpty();
    }

    @Test
    void saysOnceWhatACallSendsAgain() {
        Said said = room.say(dario, List.of(), "hello", "c1");
        clock.advance(Duration.ofSeconds(1));
        store.session("Charlie");
        assertThat(room.say(dario, List.of(), "hello", "c1")).isEqualTo(said);
        assertThat(room.say(sam, List.of(), "hello", "c1").number()).isNotEqualTo(said.number());
        assertThat(room.unread(sam.personaId())).isOne();
    }

    @Test
    void saysOnceWhatAreSentAtTheSameTime() {
        List<Long> numbers = IntStream.range(0, 32)
                .parallel()
                .mapToObj(n -> room.say(dario, List.of("Sam"), "hello", "c1").number())
                .distinct()
                .toList();
        assertThat(numbers).hasSize(1);
        assertThat(room.unread(sam.personaId())).isOne();
    }

    @Test
    void answersACallThatIsSentAgainWithTheSameBatch() {
        room.say(dario, List.of(), "one", "c1");
        Heard heard = room.hear(sam, "h1");
        room.say(dario, List.of(), "two", "c2");
        Heard again = room.hear(sam, "h1");
        assertThat(again.messages()).isEqualTo(heard.messages());
        assertThat(again.waiting()).isOne();
    }

    @Test
    void answersALateResendWithTheSameBatchAndTheRightCount() {
        room.say(dario, List.of(), "one", "c1");
        Heard heard = room.hear(sam, "h1");
        assertThat(room.hear(sam, "h2")).isEqualTo(Heard.NOTHING);
        assertThat(room.hear(sam, "h1")).isEqualTo(heard);
        room.say(dario, List.of(), "two", "c2");
        assertThat(room.hear(sam, "h1")).isEqualTo(new Heard(heard.messages(), 1));
    }

    @Test
    void takesTheNextHearOfASessionAsItsReceipt() {
        room.say(dario, List.of(), "one", "c1");
        room.hear(sam, "h1");
        assertThat(room.unread(sam.personaId())).isOne();
        room.say(dario, List.of(), "two", "c2");
        assertThat(texts(room.hear(sam, "h2"))).containsExactly("two");
        assertThat(room.unread(sam.personaId())).isOne();
    }

    @Test
    void hearsWithoutACallId() {
        room.say(dario, List.of(), "one", null);
        assertThat(texts(room.hear(sam, null))).containsExactly("one");
        assertThat(room.hear(sam, null)).isEqualTo(Heard.NOTHING);
    }

    @Test
    void deliversAgainMarkedWhatASessionWasGivenBeforeItEnded() {
        room.say(dario, List.of(), "one", "c1");
        assertThat(room.hear(sam, "h1").messages())
                .extracting(HeardMessage::redelivered)
                .containsExactly(false);
        store.sessions().ended(sessionOf(sam), "killed");
        room.say(dario, List.of(), "two", "c2");
        Actor again = store.session("Sam");

        Heard heard = room.hear(again, "h1");

        assertThat(texts(heard)).containsExactly("one", "two");
        assertThat(heard.messages()).extracting(HeardMessage::redelivered).containsExactly(true, false);
        assertThat(room.hear(again, "h1")).isEqualTo(heard);
    }

    @Test
    void givesALongInboxInBatchesThatFit() {
        String text = "€".repeat(4 * 1024); // 12 KiB
        for (int n = 0; n < 10; n++) {
            room.say(dario, List.of(), n + text, "c" + n);
        }
        List<String> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Heard heard = room.hear(sam, "h0");
        for (int call = 1; !heard.messages().isEmpty(); call++) {
            all.addAll(texts(heard));
            sizes.add(heard.messages().size());
            assertThat(heard.waiting()).isEqualTo(10 - all.size());
            heard = room.hear(sam, "h" + call);
        }
        assertThat(sizes).containsExactly(3, 3, 3, 1);
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(n -> n + text).toList());
    }

    @Test
    void givesAMessageThatIsLargerThanABatchAlone() {
        String large = "x".repeat(RoomService.MAX_BYTES);
        room.say(dario, List.of(), "small", "c1");
        room.say(dario, List.of(), large, "c2");
        room.say(dario, List.of(), "last", "c3");
        assertThat(texts(room.hear(sam, "h1"))).containsExactly("small");
        assertThat(texts(room.hear(sam, "h2"))).containsExactly(large);
        assertThat(texts(room.hear(sam, "h3"))).containsExactly("last");
    }

    @Test
    void limitsAMessageInBytes() {
        String fits = "€".repeat(RoomService.MAX_BYTES / 3) + "x";
        assertThat(room.say(dario, List.of(), fits, "c1").number()).isPositive();
        Failure failure = refused(List.of(), fits + "x");
        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure).hasMessage("the message has 65537 bytes, and the limit is 65536");
        assertThat(texts(room.hear(sam, "h1"))).containsExactly(fits);
    }

    @Test
    void refusesWhatIsNoText() {
        assertThat(refused(List.of(), " \n").code()).isEqualTo(Failure.Code.INVALID);
        assertThat(refused(List.of(), "a\0b").code()).isEqualTo(Failure.Code.INVALID);
        assertThat(room.unread()).isEmpty();
    }

    @Test
    void bringsEveryCharacterBackUnchanged() {
        String text = "ü ñ 李 ☃ 😀 👨‍👩‍👧 עברית \u001b[31m \u0001 \t \r\n ' \" ; -- % _ \\ $(x) `y` {{z}} \uffff";
        room.say(dario, List.of(), text, "c1");
        assertThat(texts(room.hear(sam, "h1"))).containsExactly(text);
    }

    @Test
    void leavesMailInAPersonsInboxUntilItIsMarked() {
        Actor ada = store.human("Ada");
        room.say(dario, List.of(), "one", "c1");
        room.say(dario, List.of("ada"), "two", "c2");
        Heard inbox = room.inbox(ada);
        assertThat(texts(inbox)).containsExactly("one", "two");
        assertThat(room.inbox(ada)).isEqualTo(inbox);

        room.received(ada, List.of(inbox.messages().get(0).number()));
        room.received(sam, List.of(inbox.messages().get(1).number()));
        room.received(ada, List.of());

        assertThat(texts(room.inbox(ada))).containsExactly("two");
        assertThat(room.unread(ada.personaId())).isOne();
        assertThatThrownBy(() -> room.hear(ada, "h1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesAndDoublesNothingWhenManySpeakAtOnce() {
        IntStream.range(0, 8).parallel().forEach(t -> IntStream.range(0, 50)
                .forEach(n -> room.say(dario, List.of("Sam"), t + "/" + n, "c" + t + "/" + n)));
        List<Long> numbers = new ArrayList<>();
        for (int call = 0; numbers.size() < 400; call++) {
            List<HeardMessage> batch = room.hear(sam, "h" + call).messages();
            assertThat(batch).isNotEmpty();
            batch.forEach(message -> numbers.add(message.number()));
        }
        assertThat(numbers).hasSize(400).isSorted().doesNotHaveDuplicates();
        assertThat(room.hear(sam, "last")).isEqualTo(Heard.NOTHING);
    }

    private Failure refused(List<String> to, String text) {
        return catchThrowableOfType(Failure.class, () -> room.say(sam, to, text, "refused"));
    }

    private static long sessionOf(Actor actor) {
        Long session = actor.sessionId();
        assertThat(session).isNotNull();
        return session;
    }

    private static List<String> texts(Heard heard) {
        return heard.messages().stream().map(HeardMessage::text).toList();
    }
}
