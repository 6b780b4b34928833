package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.memory.RememberResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.store.Writes;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IndexBuilderTests {

    private static final int MEMORIES = 450;

    @TempDir
    Path folder;

    @Test
    void fillsAnIndexOfAnotherVersionAtTheNextStart() {
        try (TestStore store = TestStore.open(folder)) {
            store.memory().remember(store.human("Ada"), NewMemory.note("the cache lives in redis"), null);
            store.writes().run(() -> store.jdbc()
                    .sql("UPDATE index_state SET version = 0 WHERE name = 'memory'")
                    .update());
            store.writes().run(() -> store.jdbc()
                    .sql("INSERT INTO memory_index (memory_index) VALUES ('delete-all')")
                    .update());
            store.writes()
                    .run(() ->
                            store.jdbc().sql("UPDATE memory SET terms = NULL").update());
            assertThat(recall(store, "redis").found()).isEmpty();
        }
        try (TestStore store = TestStore.open(folder)) {
            assertThat(store.bean(IndexBuilder.class).isComplete()).isTrue();
            assertThat(recall(store, "redis").found()).hasSize(1);
            assertThat(recall(store, "redis").complete()).isTrue();
            assertEveryMemoryIsIndexedOnce(store);
        }
    }

    @Test
    void letsOthersWriteBetweenItsBatchesAndSaysWhatItHasDone() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            fill(store, ada);
            List<IndexBuilder.Progress> heard = new ArrayList<>();
            List<Boolean> complete = new ArrayList<>();
            store.bean(IndexBuilder.class).rebuild(progress -> {
                heard.add(progress);
                complete.add(recall(store, "number").complete());
                CompletableFuture.runAsync(
                                () -> store.memory().remember(ada, NewMemory.note("meanwhile " + heard.size()), null))
                        .join();
            });
            assertThat(heard).filteredOn(each -> each.index().equals("memory")).hasSizeGreaterThan(2);
            assertThat(heard.get(0).done()).isBetween(1L, 200L);
            assertThat(heard.get(0).all()).isEqualTo(MEMORIES);
            assertThat(complete.get(0)).isFalse();
            assertThat(store.bean(IndexBuilder.class).isComplete()).isTrue();
            assertEveryMemoryIsIndexedOnce(store);
            assertThat(recall(store, "meanwhile").total()).isEqualTo(heard.size());
        }
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            List<RememberResult> stored = fill(store, ada);
            assertThatThrownBy(() -> store.bean(IndexBuilder.class).rebuild(progress -> {
                        throw new IllegalStateException("pulled the plug");
                    }))
                    .hasMessage("pulled the plug");
            assertThat(recall(store, "number").complete()).isFalse();
            assertThat(recall(store, "number7").found()).hasSize(1);
            assertThat(recall(store, "number440").found()).isEmpty();
            store.memory().remember(ada, NewMemory.note("a later one"), null);
            store.memory().forget(ada, stored.get(3).number());
            store.memory().forget(ada, stored.get(441).number());
            assertThat(recall(store, "later").found()).hasSize(1);
        }
        try (TestStore store = TestStore.open(folder)) {
            while (!store.bean(IndexBuilder.class).isComplete()) {
                Thread.onSpinWait(); // the test's limit ends it
            }
            assertEveryMemoryIsIndexedOnce(store);
            assertThat(recall(store, "number440").found()).hasSize(1);
            assertThat(recall(store, "number441").found()).isEmpty();
        }
    }

    /** A text is analysed outside the writes, from what is read there. */
    @Test
    void analysesEachTextOnceHoweverFewFitInASlice() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            for (int n = 0; n < 8; n++) {
                store.memory().remember(ada, NewMemory.note("this is number" + n), null);
            }
            Searchable memories = store.beans(Searchable.class).stream()
                    .filter(each -> each.texts().name().equals("memory"))
                    .findFirst()
                    .orElseThrow();
            SlowSearchable slow = new SlowSearchable(memories, store.writes());
            new IndexBuilder(store.bean(TextIndexes.class), store.reads(), store.writes(), List.of(slow))
                    .rebuild(progress -> {});
            assertThat(slow.analysed).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertEveryMemoryIsIndexedOnce(store);
        }
    }

    /** Fills a slice with each row, and notes the rows that are read outside of writes. */
    private static final class SlowSearchable implements Searchable, StoredTexts {

        private final Searchable searchable;
        private final Writes writes;
        private final List<Long> analysed = new ArrayList<>();

        private SlowSearchable(Searchable searchable, Writes writes) {
            this.searchable = searchable;
            this.writes = writes;
        }

        @Override
        public StoredTexts texts() {
            return this;
        }

        @Override
        public void index(long id, Terms terms) {
            searchable.index(id, terms);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < Writes.SLICE.toNanos()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public String name() {
            return searchable.texts().name();
        }

        @Override
        public long highestId() {
            return searchable.texts().highestId();
        }

        @Override
        public List<Row> rows(long after, long last, int most) {
            List<Row> rows = searchable.texts().rows(after, last, most);
            if (!writes.isWriter(Thread.currentThread())) {
                rows.forEach(row -> analysed.add(row.id()));
            }
            return rows;
        }

        @Override
        public Optional<Row> row(long id) {
            return searchable.texts().row(id);
        }
    }

    private static void assertEveryMemoryIsIndexedOnce(TestStore store) {
        assertThat(store.count("SELECT cnt FROM memory_word WHERE term = 'k_note'"))
                .isEqualTo(store.count("SELECT count(*) FROM memory WHERE forgotten_at IS NULL"))
                .isEqualTo(store.count("SELECT count(*) FROM memory WHERE terms IS NOT NULL"));
        assertThat(store.count("SELECT count(*) FROM memory WHERE terms IS NOT NULL AND forgotten_at IS NOT NULL"))
                .isZero();
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                .update());
    }

    private static List<RememberResult> fill(TestStore store, Actor actor) {
        return IntStream.range(0, MEMORIES)
                .mapToObj(n -> store.memory().remember(actor, NewMemory.note("this is number" + n), null))
                .toList();
    }

    private static RecallResult recall(TestStore store, String question) {
        return store.memory().recall(store.human("Ada"), new RecallQuery(question, MemoryFilter.ALL, 100));
    }
}
