package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.room.PastMessage.Receipt;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageHistoryTests {

    @TempDir
    Path folder;

    private TestStore store;
    private RoomService room;
    private Actor sam;
    private Actor dario;
    private Actor charlie;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        room = store.room();
        sam = store.session("Sam");
        dario = store.session("Dario");
        charlie = store.session("Charlie");
        room.say(sam, NewMessage.to(List.of(), "1 room"), "c1");
        room.say(sam, NewMessage.to(List.of("Dario"), "2 to Dario"), "c2");
        room.say(dario, NewMessage.to(List.of("Sam", "Charlie"), "3 to both"), "c3");
        room.say(charlie, NewMessage.to(List.of(), "4 room"), "c4");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void showsTheOwnerEverythingOldestFirst() {
        assertThat(texts(null, null, null, 10)).containsExactly("1 room", "2 to Dario", "3 to both", "4 room");
    }

    @Test
    void showsAViewerTheRoomAndItsOwnMail() {
        assertThat(texts(charlie, null, null, 10)).containsExactly("1 room", "3 to both", "4 room");
        assertThat(texts(sam, null, null, 10)).containsExactly("1 room", "2 to Dario", "3 to both", "4 room");
        Actor later = store.session("Eve");
        assertThat(texts(later, null, null, 10)).containsExactly("1 room", "4 room");
    }

    @Test
    void showsWhatWentBetweenTheViewerAndOneOther() {
        assertThat(texts(charlie, "dario", null, 10)).containsExactly("1 room", "3 to both", "4 room");
        store.session("Eve");
        assertThat(texts(sam, "eve", null, 10)).isEmpty();
    }

    @Test
    void givesTheNewestOfAllThatAViewerSeesWhereverTheyComeFrom() {
        assertThat(texts(charlie, null, null, 2)).containsExactly("3 to both", "4 room");
        assertThat(texts(charlie, null, 4L, 2)).containsExactly("1 room", "3 to both");
        assertThat(texts(sam, "dario", null, 2)).containsExactly("3 to both", "4 room");
        assertThat(texts(sam, "dario", 4L, 2)).containsExactly("2 to Dario", "3 to both");
        assertThat(texts(null, "dario", null, 3)).containsExactly("2 to Dario", "3 to both", "4 room");
    }

    @Test
    void givesTheNewestAndThenWhatWasBefore() {
        assertThat(texts(null, null, null, 2)).containsExactly("3 to both", "4 room");
        assertThat(texts(null, null, 3L, 10)).containsExactly("1 room", "2 to Dario");
        assertThat(texts(null, null, 1L, 10)).isEmpty();
    }

    @Test
    void showsHowFarAMessageHasCome() {
        room.hear(dario, "h1", null); // offered 1, 2, 4
        room.hear(charlie, "h2", null);
        room.confirmReceived(charlie, List.of("h2")); // received 1, 3
        List<PastMessage> all = room.history(new HistoryQuery(null, null, null, null, 10));
        assertThat(all.get(0).receipts())
                .containsExactly(new Receipt("Dario", Delivery.OFFERED), new Receipt("Charlie", Delivery.RECEIVED));
        assertThat(all.get(2).receipts())
                .containsExactly(new Receipt("Sam", Delivery.QUEUED), new Receipt("Charlie", Delivery.RECEIVED));
    }

    @Test
    void refusesAnUnknownNameAndAWrongLimit() {
        assertThatThrownBy(() -> texts(null, "nobody", null, 10))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND));
        assertThatThrownBy(() -> texts(null, null, null, 0)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> texts(null, null, null, 1001)).isInstanceOf(Failure.class);
    }

    private List<String> texts(@Nullable Actor viewer, @Nullable String with, @Nullable Long before, int limit) {
        return room.history(new HistoryQuery(viewer, with, null, before, limit)).stream()
                .map(message -> message.said().text())
                .toList();
    }
}
