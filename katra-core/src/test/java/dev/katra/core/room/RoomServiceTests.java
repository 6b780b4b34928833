package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
            say(n % 2 == 0 ? dario : ada, List.of(), "m" + n, "c" + n);
        }
        MailBatch heard = hear(sam, "h1");
        assertThat(texts(heard)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(heard.messages()).extracting(InboxMessage::number).isSorted().doesNotHaveDuplicates();
        InboxMessage first = heard.messages().get(0);
        assertThat(first)
                .isEqualTo(new InboxMessage(
                        first.number(),
                        new Sender("Dario", false),
                        true,
                        List.of(),
                        new Said(null, "m0", clock.instant()),
                        false));
        assertThat(heard.messages().get(1).sender().human()).isTrue();
        assertThat(heard.waiting()).isZero();
    }

    @Test
    void doesNotLetASenderHearItself() {
        say(sam, List.of(), "to all", "c1");
        say(sam, List.of("Sam", "Dario"), "to us", "c2");
        assertThat(hear(sam, "h1")).isEqualTo(MailBatch.EMPTY);
        assertThat(texts(hear(dario, "h2"))).containsExactly("to all", "to us");
    }

    @Test
    void refusesAMessageToItsSenderOnly() {
        assertThat(refused(List.of("sam"), "x").code()).isEqualTo(Failure.Code.INVALID);
    }

    @Test
    void keepsForAPersonaThatIsAwayWhatIsSaidMeanwhile() {
        store.sessions().end(sessionOf(sam), "exited");
        say(dario, List.of(), "while you were out", "c1");
        say(dario, List.of("sam"), "for you", "c2");
        Actor again = store.session("Sam");
        assertThat(texts(hear(again, "h1"))).containsExactly("while you were out", "for you");
    }

    @Test
    void doesNotDeliverToALaterPersonaWhatTheRoomHeardBefore() {
        say(dario, List.of(), "before", "c1");
        Actor charlie = store.session("Charlie");
        say(dario, List.of(), "after", "c2");
        assertThat(texts(hear(charlie, "h1"))).containsExactly("after");
    }

    @Test
    void deliversToEachNamedPersonaOnceAndToNobodyElse() {
        Actor charlie = store.session("Charlie");
        SayReceipt said = say(dario, List.of("SAM", "charlie", "Sam"), "psst", "c1");
        store.session("Eve");
        assertThat(said.recipients()).containsExactly("Sam", "Charlie");
        assertThat(said.toRoom()).isFalse();
        assertThat(room.unread()).isEqualTo(Map.of(sam.personaId(), 1, charlie.personaId(), 1));
        assertThat(hear(sam, "h1").messages()).extracting(InboxMessage::toRoom).containsExactly(false);
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
        SayReceipt said = say(dario, List.of(), "hello", "c1");
        clock.advance(Duration.ofSeconds(1));
        store.session("Charlie");
        assertThat(say(dario, List.of(), "hello", "c1")).isEqualTo(said);
        assertThat(say(sam, List.of(), "hello", "c1").number()).isNotEqualTo(said.number());
        assertThat(room.unread(sam.personaId())).isOne();
    }

    @Test
    void saysOnceWhatAreSentAtTheSameTime() {
        List<Long> numbers = IntStream.range(0, 32)
                .parallel()
                .mapToObj(n -> say(dario, List.of("Sam"), "hello", "c1").number())
                .distinct()
                .toList();
        assertThat(numbers).hasSize(1);
        assertThat(room.unread(sam.personaId())).isOne();
    }

    @Test
    void answersACallThatIsSentAgainWithTheSameBatch() {
        say(dario, List.of(), "one", "c1");
        MailBatch heard = hear(sam, "h1");
        say(dario, List.of(), "two", "c2");
        assertThat(hear(sam, "h1")).isEqualTo(new MailBatch(heard.messages(), 1));
        assertThat(hear(sam, "h2").messages())
                .extracting(InboxMessage::redelivered)
                .containsExactly(true, false);
        assertThat(hear(sam, "h1")).isEqualTo(new MailBatch(heard.messages(), 1));
    }

    @Test
    void takesNoLaterCallForAReceipt() {
        say(dario, List.of(), "one", "c1");
        hear(sam, "h1");
        assertThat(texts(hear(sam, "h2"))).containsExactly("one");
        assertThat(room.unread(sam.personaId())).isOne();
        assertThat(receipts()).containsExactly(Delivery.OFFERED);
    }

    @Test
    void hasReceivedWhatItsClientSaysItHas() {
        say(dario, List.of(), "one", "c1");
        assertThat(receipts()).containsExactly(Delivery.QUEUED);
        hear(sam, "h1");
        say(dario, List.of(), "two", "c2");

        room.confirmReceived(sam, List.of("h1", "p1"));

        assertThat(receipts()).containsExactly(Delivery.RECEIVED, Delivery.QUEUED);
        assertThat(texts(hear(sam, "h2"))).containsExactly("two");
        assertThat(hear(dario, "h1")).isEqualTo(MailBatch.EMPTY);
    }

    @Test
    void givesAgainWhatACallDidNotBring() {
        say(dario, List.of(), "one", "c1");
        hear(sam, "h1");
        room.withdraw(sam, List.of("h1"));
        room.confirmReceived(sam, List.of("h1"));
        assertThat(hear(sam, "h2").messages())
                .extracting(InboxMessage::redelivered)
                .containsExactly(true);
    }

    @Test
    void provesOnlyItsOwnMail() {
        Actor charlie = store.session("Charlie");
        say(dario, List.of(), "one", "c1");
        hear(sam, "h1");
        hear(charlie, "h1");
        room.confirmReceived(sam, List.of("h1"));
        assertThat(room.unread(charlie.personaId())).isOne();
        assertThat(room.unread(sam.personaId())).isZero();
    }

    @Test
    void addsToAPromptWhatFitsAndStaysInOrder() {
        say(dario, List.of(), "one", "c1");
        say(dario, List.of("Sam", "Dario"), "x".repeat(5_000), "c2");
        say(dario, List.of(), "three", "c3");

        MailBatch first = room.hearWithPrompt(
                sam, "p1", 4_000, message -> message.said().text().length() + 10);
        assertThat(texts(first)).containsExactly("one");
        assertThat(first.waiting()).isEqualTo(2);
        room.confirmReceived(sam, List.of("p1"));
        assertThat(room.hearWithPrompt(
                        sam, "p2", 4_000, message -> message.said().text().length() + 10))
                .isEqualTo(new MailBatch(List.of(), 2));
        MailBatch rest = hear(sam, "h1");
        assertThat(rest.messages()).hasSize(2);
        assertThat(rest.messages().get(0).to()).containsExactly("Sam");
        room.confirmReceived(sam, List.of("h1"));
        assertThat(room.hearWithPrompt(
                        sam, "p3", 4_000, message -> message.said().text().length() + 10))
                .isEqualTo(MailBatch.EMPTY);
    }

    @Test
    void countsWhatAMessageTakesBesidesItsText() {
        say(dario, List.of(), "one", "c1");
        say(dario, List.of(), "two", "c2");

        MailBatch first = room.hearWithPrompt(sam, "p1", 4_000, message -> 2_500);

        assertThat(texts(first)).containsExactly("one");
        assertThat(first.waiting()).isOne();
    }

    @Test
    void hearsWithoutACallIdUntilItIsAcknowledged() {
        say(dario, List.of(), "one", null);
        MailBatch heard = hear(sam, null);
        assertThat(texts(heard)).containsExactly("one");
        say(dario, List.of(), "two", null);
        assertThat(texts(hear(sam, null))).containsExactly("one", "two");
        long last = heard.messages().get(0).number();
        assertThat(texts(room.hear(sam, null, last))).containsExactly("two");
        assertThat(room.hear(sam, null, last + 1)).isEqualTo(MailBatch.EMPTY);
    }

    @Test
    void acknowledgesNothingThatWasNeverGiven() {
        say(dario, List.of(), "one", null);
        assertThat(texts(room.hear(sam, null, 1_000L))).containsExactly("one");
    }

    @Test
    void answersThoseWhoHadTheMessage() {
        Actor charlie = store.session("Charlie");
        store.session("Eve");
        long asked = say(dario, List.of("Sam", "Charlie"), "what now?", "c1").number();
        SayReceipt answer = room.say(sam, new NewMessage(List.of(), "this", asked), "c2");
        assertThat(answer.recipients()).containsExactly("Dario", "Charlie");
        assertThat(hear(charlie, "h1").messages())
                .extracting(each -> each.said().replyTo())
                .containsExactly(null, asked);
        long open = say(dario, List.of(), "all?", "c3").number();
        assertThat(room.say(sam, new NewMessage(List.of(), "yes", open), "c4").toRoom())
                .isTrue();
        assertThat(room.say(sam, new NewMessage(List.of("Dario"), "psst", open), "c5")
                        .recipients())
                .containsExactly("Dario");
    }

    @Test
    void answersNoMessageThatItCannotSee() {
        Actor eve = store.session("Eve");
        long secret = say(dario, List.of("Sam"), "psst", "c1").number();
        for (long number : new long[] {secret, 4711}) {
            for (List<String> to : List.of(List.<String>of(), List.of("Dario"))) {
                Failure failure = catchThrowableOfType(
                        Failure.class, () -> room.say(eve, new NewMessage(to, "what?", number), "c2"));
                assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
                assertThat(failure).hasMessage("there is no message " + number + " for you to answer");
            }
        }
    }

    @Test
    void answersNamedPersonasInAThreadThatItCanSee() {
        long asked = say(dario, List.of("Sam"), "psst", "c1").number();
        Actor eve = store.session("Eve");
        SayReceipt said = room.say(sam, new NewMessage(List.of("Eve"), "he says psst", asked), "c2");
        assertThat(said.recipients()).containsExactly("Eve");
        assertThat(hear(eve, "h1").messages())
                .extracting(each -> each.said().replyTo())
                .containsExactly(asked);
    }

    @Test
    void answersNothingThatWasDeletedMeanwhile() {
        long asked = say(dario, List.of("Sam"), "psst", "c1").number();
        hear(sam, "h1");
        room.confirmReceived(sam, List.of("h1"));
        clock.advance(Duration.ofDays(31));
        assertThat(room.deleteReceived(Duration.ofDays(30), 100)).isOne();
        Failure failure = catchThrowableOfType(
                Failure.class, () -> room.say(sam, new NewMessage(List.of("Dario"), "yes?", asked), "c2"));
        assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
    }

    @Test
    void deletesOnlyWhatIsOldAndReceivedByAll() {
        Actor charlie = store.session("Charlie");
        long first = say(dario, List.of("Sam"), "received", "c1").number();
        room.say(dario, new NewMessage(List.of("Sam", "Charlie"), "half", first), "c2");
        hear(sam, "h1");
        hear(charlie, "h1");
        room.confirmReceived(sam, List.of("h1"));
        clock.advance(Duration.ofDays(31));
        say(dario, List.of(), "new", "c3");

        assertThat(room.deleteReceived(Duration.ofDays(30), 100)).isOne();
        assertThat(room.history(new HistoryQuery(null, null, null, null, 10)))
                .extracting(message -> message.said().text())
                .containsExactly("half", "new");
        assertThat(room.deleteReceived(Duration.ofDays(30), 100)).isZero();
        assertThat(texts(hear(charlie, "h2"))).containsExactly("half", "new");
    }

    @Test
    void keepsWhatWentToNobodyForThoseWhoComeLater() {
        try (TestStore alone = TestStore.open(folder.resolve("alone"), clock)) {
            Actor first = alone.session("First");
            alone.room().say(first, NewMessage.toRoom("is anybody here?"), null);
            clock.advance(Duration.ofDays(31));

            assertThat(alone.room().deleteReceived(Duration.ofDays(30), 100)).isZero();
            assertThat(alone.room().history(new HistoryQuery(alone.session("Later"), null, null, null, 10)))
                    .extracting(message -> message.said().text())
                    .containsExactly("is anybody here?");
        }
    }

    @Test
    void knowsWhichMailWakes() {
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.ALL)).isFalse();
        say(dario, List.of(), "room", "c1");
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.ALL)).isTrue();
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.DIRECT)).isFalse();
        say(dario, List.of("Sam"), "you", "c2");
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.DIRECT)).isTrue();
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.NEVER)).isFalse();
        hear(sam, "h1");
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.DIRECT)).isTrue();
        room.confirmReceived(sam, List.of("h1"));
        assertThat(room.hasWakingMail(sam.personaId(), WakePolicy.ALL)).isFalse();
    }

    @Test
    void deliversAgainMarkedWhatASessionWasGivenBeforeItEnded() {
        say(dario, List.of(), "one", "c1");
        assertThat(hear(sam, "h1").messages())
                .extracting(InboxMessage::redelivered)
                .containsExactly(false);
        store.sessions().end(sessionOf(sam), "killed");
        say(dario, List.of(), "two", "c2");
        Actor again = store.session("Sam");

        MailBatch heard = hear(again, "h1");

        assertThat(texts(heard)).containsExactly("one", "two");
        assertThat(heard.messages()).extracting(InboxMessage::redelivered).containsExactly(true, false);
        assertThat(hear(again, "h1")).isEqualTo(heard);
    }

    @Test
    void givesALongInboxInBatchesThatFit() {
        String text = "€".repeat(4 * 1024); // 12 KiB
        for (int n = 0; n < 10; n++) {
            say(dario, List.of(), n + text, "c" + n);
        }
        List<String> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        MailBatch heard = hear(sam, "h0");
        for (int call = 1; !heard.messages().isEmpty(); call++) {
            all.addAll(texts(heard));
            sizes.add(heard.messages().size());
            assertThat(heard.waiting()).isEqualTo(10 - all.size());
            room.confirmReceived(sam, List.of("h" + (call - 1)));
            heard = hear(sam, "h" + call);
        }
        assertThat(sizes).containsExactly(3, 3, 3, 1);
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(n -> n + text).toList());
    }

    @Test
    void givesAMessageThatIsLargerThanABatchAlone() {
        String large = "x".repeat(RoomService.MAX_BYTES);
        say(dario, List.of(), "small", "c1");
        say(dario, List.of(), large, "c2");
        say(dario, List.of(), "last", "c3");
        assertThat(texts(hear(sam, "h1"))).containsExactly("small");
        room.confirmReceived(sam, List.of("h1"));
        assertThat(texts(hear(sam, "h2"))).containsExactly(large);
        room.confirmReceived(sam, List.of("h2"));
        assertThat(texts(hear(sam, "h3"))).containsExactly("last");
    }

    @Test
    void countsWhatMessagesTakeInTheAnswer() {
        for (int n = 0; n < 5; n++) {
            say(dario, List.of(), "m" + n, "c" + n);
        }
        MailBatch heard = room.hear(sam, "h1", null, message -> 20 * 1024);
        assertThat(texts(heard)).containsExactly("m0", "m1");
        assertThat(heard.waiting()).isEqualTo(3);
        assertThat(room.hear(sam, "h1", null, message -> 20 * 1024)).isEqualTo(heard);
        room.confirmReceived(sam, List.of("h1"));
        assertThat(texts(room.hear(sam, "h2", null, message -> 100 * 1024))).containsExactly("m2");
    }

    @Test
    void saysThatNothingProvesWhatWasGivenBefore() {
        say(dario, List.of(), "one", "c1");
        assertThat(hear(sam, "h1").unproved()).isFalse();
        assertThat(hear(sam, "h1").unproved()).as("the same call").isFalse();
        MailBatch again = hear(sam, "h2");
        assertThat(again.unproved()).isTrue();

        assertThat(room.hear(sam, "h3", again.messages().get(0).number())).isEqualTo(MailBatch.EMPTY);
        say(dario, List.of(), "two", "c2");
        assertThat(hear(sam, "h4").unproved())
                .as("nothing in it was given before")
                .isFalse();
        room.withdraw(sam, List.of("other"));
        assertThat(hear(sam, "h5").unproved()).as("the client reports").isFalse();
    }

    @Test
    void limitsAMessageInBytes() {
        String fits = "€".repeat(RoomService.MAX_BYTES / 3) + "x";
        assertThat(say(dario, List.of(), fits, "c1").number()).isPositive();
        Failure failure = refused(List.of(), fits + "x");
        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure).hasMessage("the message has 65537 bytes, and the limit is 65536");
        assertThat(texts(hear(sam, "h1"))).containsExactly(fits);
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
        say(dario, List.of(), text, "c1");
        assertThat(texts(hear(sam, "h1"))).containsExactly(text);
    }

    @Test
    void leavesMailInAPersonsInboxUntilItIsMarked() {
        Actor ada = store.human("Ada");
        say(dario, List.of(), "one", "c1");
        say(dario, List.of("ada"), "two", "c2");
        MailBatch inbox = room.inbox(ada);
        assertThat(texts(inbox)).containsExactly("one", "two");
        assertThat(room.inbox(ada)).isEqualTo(inbox);

        room.markReceived(ada, List.of(inbox.messages().get(0).number()));
        room.markReceived(sam, List.of(inbox.messages().get(1).number()));
        room.markReceived(ada, List.of());

        assertThat(texts(room.inbox(ada))).containsExactly("two");
        assertThat(room.unread(ada.personaId())).isOne();
        assertThatThrownBy(() -> hear(ada, "h1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesAndDoublesNothingWhenManySpeakAtOnce() {
        IntStream.range(0, 8).parallel().forEach(t -> IntStream.range(0, 50)
                .forEach(n -> say(dario, List.of("Sam"), t + "/" + n, "c" + t + "/" + n)));
        List<Long> numbers = new ArrayList<>();
        for (int call = 0; numbers.size() < 400; call++) {
            List<InboxMessage> batch = hear(sam, "h" + call).messages();
            assertThat(batch).isNotEmpty();
            batch.forEach(message -> numbers.add(message.number()));
            room.confirmReceived(sam, List.of("h" + call));
        }
        assertThat(numbers).hasSize(400).isSorted().doesNotHaveDuplicates();
        assertThat(hear(sam, "last")).isEqualTo(MailBatch.EMPTY);
    }

    private SayReceipt say(Actor actor, List<String> to, String text, @Nullable String callId) {
        return room.say(actor, NewMessage.to(to, text), callId);
    }

    private MailBatch hear(Actor actor, @Nullable String callId) {
        return room.hear(actor, callId, null);
    }

    /** Sam's, of all messages. */
    private List<Delivery> receipts() {
        return room.history(new HistoryQuery(null, null, null, null, 10)).stream()
                .flatMap(message -> message.receipts().stream())
                .filter(receipt -> receipt.persona().equals("Sam"))
                .map(PastMessage.Receipt::delivery)
                .toList();
    }

    private Failure refused(List<String> to, String text) {
        return catchThrowableOfType(Failure.class, () -> say(sam, to, text, "refused"));
    }

    private static long sessionOf(Actor actor) {
        Long session = actor.sessionId();
        assertThat(session).isNotNull();
        return session;
    }

    private static List<String> texts(MailBatch heard) {
        return heard.messages().stream().map(each -> each.said().text()).toList();
    }
}
