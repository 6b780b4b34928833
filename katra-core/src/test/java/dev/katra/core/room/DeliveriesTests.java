package dev.katra.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is received must cost nothing: the inbox is read from the index of what is not. */
class DeliveriesTests {

    @TempDir
    Path folder;

    @Test
    void findsThePersonasUnreadByTheIndexOfTheUnread() {
        assertThat(List.of(Deliveries.INBOX, Deliveries.UNREAD, Deliveries.RECEIVED_UP_TO))
                .allSatisfy(sql -> assertThat(plan(sql))
                        .contains("INDEX delivery_inbox (persona_id=?")
                        .doesNotContain("TEMP B-TREE"));
    }

    @Test
    void countsTheUnreadOfAllInTheIndexOfTheUnread() {
        assertThat(plan(Deliveries.UNREAD_OF_ALL))
                .contains("INDEX delivery_inbox")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void findsWhatWakesByTheIndexOfTheUnread() {
        assertThat(plan(Deliveries.WAKING)).contains("INDEX delivery_inbox (persona_id=?");
    }

    @Test
    void findsWhatACallWasGivenByItsKey() {
        assertThat(List.of(Offers.OPEN, Offers.GIVEN))
                .allSatisfy(sql -> assertThat(plan(sql)).contains("PRIMARY KEY (session_id=? AND through=?)"));
    }

    private String plan(String sql) {
        try (TestStore store = TestStore.open(folder)) {
            String literal =
                    sql.replaceAll(":(persona|limit|session|at|all|last)", "1").replace(":through", "'c'");
            return store.reads()
                    .run(() -> String.join(
                            "\n",
                            store.jdbc()
                                    .sql("EXPLAIN QUERY PLAN " + literal)
                                    .query((row, n) -> row.getString("detail"))
                                    .list()));
        }
    }
}
