package dev.katra.core.room.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No query may cost more the more was said: each finds what it wants by a key or an index, and sorts nothing. */
class SqliteDeliveriesTests {

    @TempDir
    Path folder;

    @Test
    void findsThePersonasUnreadByTheIndexOfTheUnread() {
        assertThat(List.of(
                        SqliteDeliveries.INBOX,
                        SqliteDeliveries.UNRECEIVED_OF_KIND,
                        SqliteDeliveries.WAKING_AFTER,
                        SqliteDeliveries.RECEIVED_UP_TO,
                        SqliteDeliveries.OLDEST,
                        SqliteDeliveries.NEWEST))
                .allSatisfy(sql -> assertThat(plan(sql))
                        .contains("INDEX delivery_inbox (persona_id=?")
                        .doesNotContain("TEMP B-TREE")
                        .doesNotContainPattern("SCAN (?!CONSTANT ROW)"));
    }

    @Test
    void countsNothingToKnowHowMuchIsUnread() {
        assertThat(plan(SqliteDeliveries.UNREAD)).contains("SEARCH inbox").doesNotContain("delivery");
        assertThat(plan(SqliteDeliveries.WAKING)).contains("SEARCH inbox").doesNotContain("delivery");
        assertThat(plan(SqliteDeliveries.UNREAD_OF_ALL)).isEqualTo("SCAN inbox");
        assertThat(plan(SqliteDeliveries.UNREAD_BESIDES)).contains("PRIMARY KEY (persona_id=? AND message_id=?)");
    }

    @Test
    void findsWhatACallWasGivenByItsKey() {
        assertThat(List.of(SqliteUnconfirmedDeliveries.OPEN, SqliteUnconfirmedDeliveries.GIVEN))
                .allSatisfy(sql -> assertThat(plan(sql)).contains("PRIMARY KEY (session_id=? AND through=?)"));
        assertThat(plan(SqliteDeliveries.GIVEN)).doesNotContain("SCAN");
    }

    @Test
    void findsPastMessagesByAnIndexWhoeverAsksForWhatever() {
        try (TestStore store = TestStore.open(folder)) {
            for (int asked = 0; asked < 8; asked++) {
                String sql = SqliteMessageHistory.sql(
                        (asked & 1) > 0, (asked & 2) > 0, (asked & 4) > 0 ? SqliteMessageHistory.THREAD : null);
                assertThat(store.plan(sql)).as(sql).doesNotContainPattern("SCAN (m|message|d|r|delivery|p|persona)\\b");
            }
            assertThat(store.plan(SqliteMessageHistory.sql(true, false, null)))
                    .contains(
                            "INDEX message_to_room (id<?)",
                            "INDEX message_by_persona (persona_id=? AND rowid<?)",
                            "PRIMARY KEY (persona_id=? AND message_id<?)");
        }
    }

    /** The counts are kept by triggers, so whatever changes deliveries keeps them right. */
    @Test
    void knowsHowMuchIsUnreadWhateverBecomesOfIt() {
        try (TestStore store = TestStore.open(folder)) {
            Actor sam = store.session("Sam");
            Actor dario = store.session("Dario");
            Actor ada = store.human("Ada");
            RoomService room = store.room();
            room.say(sam, NewMessage.toRoom("1"), "c1");
            room.say(sam, NewMessage.to(List.of("Dario"), "2"), "c2");
            room.say(dario, NewMessage.to(List.of("Sam", "Ada"), "3"), "c3");
            room.say(ada, NewMessage.toRoom("4"), null);
            requireRight(store);
            room.hear(dario, "h1", null);
            room.confirmReceived(dario, List.of("h1"));
            room.confirmReceived(dario, List.of("h1"));
            requireRight(store);
            room.markReceived(ada, List.of(1L, 3L, 4L));
            room.markReceived(ada, List.of(1L));
            room.acknowledge(sam, 4);
            requireRight(store);
            assertThat(room.unread()).isEqualTo(Map.of(sam.personaId(), 2));
            assertThat(room.deleteReceived(Duration.ofDays(-1), 100)).isEqualTo(2);
            store.writes().run(() -> store.jdbc().sql("DELETE FROM delivery").update());
            requireRight(store);
            assertThat(room.unread()).isEmpty();
        }
    }

    private static void requireRight(TestStore store) {
        assertThat(counts(store, "SELECT persona_id, unread, direct FROM inbox WHERE unread > 0 OR direct <> 0"))
                .isEqualTo(counts(store, """
                        SELECT d.persona_id, count(*), sum(NOT m.to_room)
                        FROM delivery d JOIN message m ON m.id = d.message_id
                        WHERE d.received_at IS NULL GROUP BY d.persona_id"""));
    }

    private static List<String> counts(TestStore store, String sql) {
        return store.reads().run(() -> store.jdbc()
                .sql(sql + " ORDER BY 1")
                .query((row, n) -> row.getLong(1) + ": " + row.getLong(2) + ", " + row.getLong(3))
                .list());
    }

    private String plan(String sql) {
        try (TestStore store = TestStore.open(folder)) {
            return store.plan(sql);
        }
    }
}
