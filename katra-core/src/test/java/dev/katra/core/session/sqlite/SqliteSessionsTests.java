package dev.katra.core.session.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.jdbc.repository.query.Query;

class SqliteSessionsTests {

    @TempDir
    Path folder;

    @Test
    void findsTheLiveOnesWithoutPassingOverAllThatHaveEnded() throws NoSuchMethodException {
        try (TestStore store = TestStore.open(folder)) {
            Query query = SqliteSessions.class.getMethod("findAllLive").getAnnotation(Query.class);
            assertThat(query).isNotNull();
            assertThat(store.plan(query.value())).contains("INDEX session_live");
            assertThat(store.plan("SELECT * FROM session WHERE persona_id = 1 AND ended_at IS NULL"))
                    .contains("INDEX session_live (persona_id=?)");
            assertThat(store.plan("SELECT * FROM session WHERE persona_id = 1 ORDER BY id DESC LIMIT 1"))
                    .contains("INDEX session_by_persona (persona_id=?)")
                    .doesNotContain("TEMP B-TREE");
        }
    }
}
