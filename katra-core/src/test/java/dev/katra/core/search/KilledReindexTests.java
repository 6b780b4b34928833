package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that fills the indexes anew all the time is killed at a random moment, and the next start finishes it. */
@Timeout(300)
class KilledReindexTests {

    private static final int ROUNDS = Integer.getInteger("katra.reindex.kills", 2);
    private static final long MOST_MILLIS = 400;
    private static final int MEMORIES = 300;

    @TempDir
    Path folder;

    @Test
    void everythingIsIndexedOnceAfterEveryKill() throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            String words = IntStream.range(0, 500).mapToObj(n -> "word" + n * n).collect(Collectors.joining(" "));
            for (int n = 0; n < MEMORIES; n++) {
                store.memory().remember(ada, NewMemory.note("number" + n + " " + words), null);
            }
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            killAfter(random.nextLong(MOST_MILLIS));
            requireRight("round " + round + " of seed " + seed);
        }
    }

    private void killAfter(long millis) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledReindexer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null && !line.equals(KilledReindexer.BEGINS)) {
                line = output.readLine();
            }
            assertThat(line).as("it begins").isNotNull();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            process.toHandle().destroyForcibly();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private void requireRight(String what) {
        try (TestStore store = TestStore.open(folder)) {
            TextIndex index = store.bean(TextIndexes.class).of("memory");
            while (!store.bean(IndexBuilder.class).isComplete()
                    || !store.reads().run(index::isClear)) {
                Thread.onSpinWait(); // the test's limit ends it
            }
            assertThat(store.count("SELECT cnt FROM memory_word WHERE term = 'k_note'"))
                    .as(what)
                    .isEqualTo(MEMORIES);
            assertThat(store.memory()
                            .recall(store.human("Ada"), RecallQuery.of("number7"))
                            .found())
                    .as(what)
                    .hasSize(1);
            store.writes().run(() -> store.jdbc()
                    .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                    .update());
        }
    }
}
