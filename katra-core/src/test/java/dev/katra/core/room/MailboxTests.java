package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTests {

    @TempDir
    Path folder;

    private TestStore store;
    private RoomService room;
    private Actor sam;
    private Actor dario;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        room = store.room();
        sam = store.session("Sam");
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void wakesThoseWhoseInboxHasTheMessageAndNobodyElse() {
        CompletableFuture<Integer> unread =
                room.nextMail(sam.personaId()).thenApply(nothing -> room.unread(sam.personaId()));
        CompletableFuture<Void> own = room.nextMail(dario.personaId());

        room.say(dario, NewMessage.to(List.of(), "hello"), "c1");

        assertThat(unread.join()).isOne();
        assertThat(own).isNotDone();
    }

    @Test
    void letsWhoIsWokenHearAtOnce() {
        CompletableFuture<MailBatch> heard =
                room.nextMail(sam.personaId()).thenApply(nothing -> room.hear(sam, "h1", null));
        room.say(dario, NewMessage.to(List.of(), "hello"), "c1");
        assertThat(heard.join().messages())
                .extracting(each -> each.said().text())
                .containsExactly("hello");
        room.confirmReceived(sam, List.of("h1"));
        assertThat(room.hear(sam, "h2", null)).isEqualTo(MailBatch.EMPTY);
    }

    @Test
    void wakesNobodyForAMessageThatWasSentAgain() {
        room.say(dario, NewMessage.to(List.of(), "hello"), "c1");
        CompletableFuture<Void> mail = room.nextMail(sam.personaId());
        room.say(dario, NewMessage.to(List.of(), "hello"), "c1");
        CompletableFuture<Void> own = room.nextMail(dario.personaId());
        room.say(sam, NewMessage.to(List.of(), "hello"), "c2");
        own.join(); // later in the queue of the writer than what must not wake
        assertThat(mail).isNotDone();
    }

    @Test
    void keepsNobodyWhoStoppedWaiting() {
        Mailbox mailbox = store.bean(Mailbox.class);
        CompletableFuture<Void> mail = mailbox.nextMail(sam.personaId());
        assertThat(mailbox.countWaiting(sam.personaId())).isOne();
        mail.cancel(false);
        assertThat(mailbox.countWaiting(sam.personaId())).isZero();
    }

    /** Ask, look, wait: whatever the interleaving with what is said, nobody waits for mail that is there. */
    @Test
    void losesNoWakeUp() throws Exception {
        int rounds = 500;
        CompletableFuture<Void> speaker = CompletableFuture.runAsync(
                () -> {
                    for (int n = 0; n < rounds; n++) {
                        room.say(dario, NewMessage.to(List.of("Sam"), "m" + n), "c" + n);
                    }
                },
                task -> new Thread(task).start());
        int heard = 0;
        for (int call = 0; heard < rounds; call++) {
            CompletableFuture<Void> mail = room.nextMail(sam.personaId());
            int got = room.hear(sam, "h" + call, null).messages().size();
            heard += got;
            room.confirmReceived(sam, List.of("h" + call));
            if (got == 0) {
                mail.get(20, TimeUnit.SECONDS);
            }
            mail.cancel(false);
        }
        speaker.join();
        assertThat(heard).isEqualTo(rounds);
    }
}
