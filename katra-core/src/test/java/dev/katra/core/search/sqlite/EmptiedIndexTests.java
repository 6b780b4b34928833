package dev.katra.core.search.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index is emptied in slices, and a server may end between any two of them. */
@Timeout(300)
class EmptiedIndexTests {

    /** A word of each of the texts, which are long. */
    private static final List<String> NAMES = List.of("aardvark", "bison", "caribou", "dingo");

    @TempDir
    Path folder;

    @Test
    void isFilledAnewWhereverTheServerEndedWhileItWasEmptied() {
        remember();
        boolean clear = false;
        int slices = 0;
        while (!clear) {
            try (TestStore store = TestStore.open(folder)) {
                clear = empty(store, slices);
            } // every slice is committed, so a kill leaves the same
            try (TestStore store = TestStore.open(folder)) {
                requireRight(store);
            }
            slices++;
        }
        assertThat(slices).as("in slices").isGreaterThan(5);
    }

    @Test
    void isEmptiedAgainWhenTheLastTimeWasNotFinished() {
        remember();
        try (TestStore store = TestStore.open(folder)) {
            empty(store, 1);
            store.bean(IndexBuilder.class).rebuild(progress -> {});
            requireRight(store);
        }
    }

    private void remember() {
        Random random = new Random(1);
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            for (String name : NAMES) {
                store.memory().remember(ada, NewMemory.note(name + " " + words(random)), null);
            }
        }
    }

    private static String words(Random random) {
        return Stream.generate(() -> Integer.toString(random.nextInt(1_000_000), Character.MAX_RADIX) + "x")
                .limit(9_000)
                .collect(Collectors.joining(" "));
    }

    /** Empties the index of the memories, in so many slices at most, and returns whether that is all. */
    private static boolean empty(TestStore store, int slices) {
        Fts5Index index = store.bean(SqliteTextIndexes.class).of("memory");
        store.writes().run(() -> {
            index.empty(index.filling().version(), index.highestId());
            return true;
        });
        boolean clear = false;
        for (int slice = 0; slice < slices && !clear; slice++) {
            clear = store.writes().run(index::clear);
        }
        assertThat(found(store, NAMES.get(1))).isZero();
        store.memory().remember(store.human("Ada"), NewMemory.note("meanwhile, after slice " + slices), null);
        assertThat(found(store, "meanwhile")).isOne();
        return clear;
    }

    private static int found(TestStore store, String word) {
        return store.memory()
                .recall(store.human("Ada"), RecallQuery.of(word))
                .found()
                .size();
    }

    private static void requireRight(TestStore store) {
        Fts5Index index = store.bean(SqliteTextIndexes.class).of("memory");
        while (!store.bean(IndexBuilder.class).isComplete() || !store.reads().run(index::isClear)) {
            Thread.onSpinWait(); // the test's limit ends it
        }
        for (String name : NAMES) {
            assertThat(found(store, name)).as(name).isOne();
        }
        assertThat(store.count("SELECT cnt FROM memory_word WHERE term = 'k_note'"))
                .isEqualTo(store.count("SELECT count(*) FROM memory"));
        assertThat(store.count("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%replaced%'"))
                .isZero();
        assertThat(store.count("SELECT count(*) FROM memory_index_config WHERE (k, v) IN (VALUES ('secure-delete', 1),"
                        + " ('hashsize', 65536))"))
                .isEqualTo(2);
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                .update());
    }
}
