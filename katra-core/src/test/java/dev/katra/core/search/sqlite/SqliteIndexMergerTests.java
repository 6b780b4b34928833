package dev.katra.core.search.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RememberResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.IndexMerger;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIndexMergerTests {

    @TempDir
    Path folder;

    @Test
    void mergesWhatHasNotChangedSinceTheLastLook() {
        try (TestStore store = TestStore.open(folder)) {
            IndexMerger merging = store.bean(IndexMerger.class);
            Actor ada = store.human("Ada");
            List<RememberResult> stored = remember(store, ada, 0, 90);
            long before = segments(store);
            assertThat(before).isGreaterThan(2);

            merging.mergeIfIdle();
            assertThat(segments(store)).isEqualTo(before);
            remember(store, ada, 90, 91);
            merging.mergeIfIdle();
            assertThat(segments(store)).isGreaterThanOrEqualTo(before);

            merging.mergeIfIdle();
            assertThat(segments(store)).isOne();
            store.memory().forget(ada, stored.get(3).number());
            assertThat(contents(store, ada, "number3")).isEmpty();
            assertThat(contents(store, ada, "number90")).containsExactly("this is number90");
            store.writes().run(() -> store.jdbc()
                    .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                    .update());
        }
    }

    @Test
    void leavesAloneWhatHasHardlyGrown() {
        try (TestStore store = TestStore.open(folder)) {
            IndexMerger merging = store.bean(IndexMerger.class);
            Actor ada = store.human("Ada");
            for (int n = 0; n < 200; n++) {
                store.memory().remember(ada, NewMemory.note(words(n)), null);
            }
            merging.mergeIfIdle();
            merging.mergeIfIdle();
            assertThat(segments(store)).isOne();
            remember(store, ada, 0, 3);
            long grown = segments(store);
            assertThat(grown).isGreaterThan(2);
            merging.mergeIfIdle();
            merging.mergeIfIdle();
            assertThat(segments(store)).isEqualTo(grown);
        }
    }

    @Test
    void letsOthersChangeWhatIsHalfMerged() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            for (int n = 0; n < 60; n++) {
                store.memory().remember(ada, NewMemory.note(words(n)), null);
            }
            List<RememberResult> stored = remember(store, ada, 0, 40);
            Fts5Index index = new Fts5Index(store.jdbc(), "memory");
            assertThat(store.writes().run(() -> index.merge(-1))).isTrue();
            store.memory().forget(ada, stored.get(3).number());
            store.memory().forget(ada, found(store, ada, "w7x7").number());
            remember(store, ada, 40, 41);
            assertThat(store.writes().run(() -> index.merge(1))).isTrue();
            store.memory().forget(ada, found(store, ada, "w9x9").number());

            IndexMerger merging = store.bean(IndexMerger.class);
            merging.mergeIfIdle();
            merging.mergeIfIdle();
            assertThat(segments(store)).isOne();
            assertThat(contents(store, ada, "number3")).isEmpty();
            assertThat(contents(store, ada, "w7x7")).isNotEmpty().doesNotContain(words(7));
            assertThat(contents(store, ada, "w9x9")).isNotEmpty().doesNotContain(words(9));
            assertThat(contents(store, ada, "number40")).containsExactly("this is number40");
            assertThat(contents(store, ada, "w8x8")).startsWith(words(8));
            store.writes().run(() -> store.jdbc()
                    .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                    .update());
        }
    }

    private static List<RememberResult> remember(TestStore store, Actor actor, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> store.memory().remember(actor, NewMemory.note("this is number" + n), null))
                .toList();
    }

    private static String words(int note) {
        return IntStream.range(0, 300).mapToObj(n -> "w" + note + "x" + n).collect(Collectors.joining(" "));
    }

    private static MemoryDetails found(TestStore store, Actor actor, String question) {
        return store.memory()
                .recall(actor, RecallQuery.of(question))
                .found()
                .get(0)
                .memory();
    }

    private static List<String> contents(TestStore store, Actor actor, String question) {
        return store.memory().recall(actor, RecallQuery.of(question)).found().stream()
                .map(each -> each.memory().body().content())
                .toList();
    }

    private static long segments(TestStore store) {
        return store.count("SELECT count(DISTINCT segid) FROM memory_index_idx");
    }
}
