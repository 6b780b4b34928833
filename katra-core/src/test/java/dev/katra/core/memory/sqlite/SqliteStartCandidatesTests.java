package dev.katra.core.memory.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteStartCandidatesTests {

    @TempDir
    Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = TestStore.open(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "memory_important, IMPORTANT",
        "memory_decided, DECIDED",
        "memory_confirmed, CONFIRMED",
        "memory_by_author, OWN",
        "memory_by_folder, IN_FOLDER"
    })
    void readsNoMoreThanItLooksAt(String index, String name) throws Exception {
        String sql = (String) SqliteStartCandidates.class.getDeclaredField(name).get(null);
        List<String> plan = store.reads().run(() -> store.jdbc()
                .sql("EXPLAIN QUERY PLAN " + sql)
                .param("viewer", 1)
                .param("folder", "/work")
                .query((row, n) -> row.getString("detail"))
                .list());
        assertThat(plan)
                .anyMatch(line -> line.matches(".*INDEX " + index + "( .*)?"))
                .noneMatch(line -> line.contains("TEMP B-TREE"));
    }
}
