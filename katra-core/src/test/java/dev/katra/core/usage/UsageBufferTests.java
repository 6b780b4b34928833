package dev.katra.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.failure.Failure;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageBufferTests {

    private static final UsageKey KEY = key(1, "m");
    private static final Usage ONE = Usage.of(new CountedRequest(
            new ModelTask("demo", "m", Purpose.CONVERSATION),
            false,
            new TokenCounts(1, 2, 3, 4),
            Duration.ofMillis(5),
            OptionalLong.of(6),
            false));

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Runnable> clocks = new ConcurrentLinkedQueue<>();
    private final List<Map<UsageKey, Usage>> written = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private TestStore store;
    private UsageBuffer unwritten;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        unwritten = new UsageBuffer(store.writes(), this::store, (delay, task) -> clocks.add(task));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void writesTheSumsOfManyRequestsAtOnce() {
        IntStream.range(0, 100).forEach(n -> unwritten.add(KEY, CountedSum.of(ONE, null)));
        unwritten.add(key(2, "m"), CountedSum.of(ONE, null));
        unwritten.add(key(1, "other"), CountedSum.of(ONE, null));
        assertThat(clocks).hasSize(1);
        assertThat(written).isEmpty();

        runDown();

        assertThat(written).hasSize(1);
        assertThat(written.get(0)).hasSize(3).hasEntrySatisfying(KEY, usage -> assertThat(
                        usage.requests().all())
                .isEqualTo(100));
    }

    @Test
    void hasNoClockWithoutAnythingToWrite() {
        assertThat(clocks).isEmpty();
        unwritten.add(KEY, CountedSum.of(ONE, null));
        unwritten.write().join();
        assertThat(written).hasSize(1);

        runDown();

        assertThat(clocks).isEmpty();
        assertThat(written).hasSize(1);
        unwritten.add(KEY, CountedSum.of(ONE, null));
        assertThat(clocks).hasSize(1);
    }

    @Test
    void keepsWhatCouldNotBeWrittenAndTriesAgain() {
        broken.set(true);
        unwritten.add(KEY, CountedSum.of(ONE, null));
        runDown();
        await().untilAsserted(() -> assertThat(clocks).hasSize(1));
        assertThat(written).isEmpty();
        unwritten.add(KEY, CountedSum.of(ONE, null));
        Map<UsageKey, Usage> kept = new HashMap<>();
        unwritten.forEach(kept::put);
        assertThat(kept).containsExactly(Map.entry(KEY, ONE.plus(ONE)));

        broken.set(false);
        runDown();

        assertThat(written).containsExactly(Map.of(KEY, ONE.plus(ONE)));
        assertThat(clocks).isEmpty();
    }

    @Test
    void losesAndDoublesNothingWhenManyThreadsCountWhileItWrites() {
        int threads = 16;
        int each = 5_000;
        LongAdder counted = new LongAdder();
        List<CompletableFuture<Void>> counting = IntStream.range(0, threads)
                .mapToObj(t -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 1_000 * each)
                                .takeWhile(
                                        n -> n < each || written.isEmpty()) // something is written beside, in any case
                                .forEach(n -> {
                                    unwritten.add(key(n % 3, "m"), CountedSum.of(ONE, null));
                                    counted.increment();
                                    Runnable clock = clocks.poll();
                                    if (clock != null) {
                                        broken.set(n % 2 == 0);
                                        clock.run();
                                    }
                                }),
                        task -> new Thread(task).start()))
                .toList();
        counting.forEach(CompletableFuture::join);
        broken.set(false);
        unwritten.write().join();
        unwritten.write().join(); // what the last broken write gave back

        Usage sum = written.stream().flatMap(sums -> sums.values().stream()).reduce(Usage.NONE, Usage::plus);
        long n = counted.sum();
        assertThat(n).isGreaterThanOrEqualTo((long) threads * each);
        assertThat(sum)
                .isEqualTo(new Usage(
                        new RequestCounts(n, 0, 0),
                        new TokenCounts(n, 2 * n, 3 * n, 4 * n),
                        new FirstTokens(n, 5_000 * n),
                        new Cost(n, 0, 6 * n, 0)));
        assertThat(written).hasSizeGreaterThan(1);
    }

    @Test
    void writesWithoutDelayOnceItIsClosed() {
        unwritten.add(KEY, CountedSum.of(ONE, null));
        unwritten.close();
        assertThat(written).hasSize(1);
        clocks.clear();

        unwritten.add(KEY, CountedSum.of(ONE, null));
        store.writes().run(() -> true);

        assertThat(written).hasSize(2);
        assertThat(clocks).isEmpty();
    }

    @Test
    void countsOnWithoutAStore() {
        store.close();
        unwritten.add(KEY, CountedSum.of(ONE, null));
        unwritten.close();
        unwritten.add(KEY, CountedSum.of(ONE, null));
        assertThat(written).isEmpty();
    }

    private static UsageKey key(long session, String model) {
        return new UsageKey(session, Instant.EPOCH, new ModelTask("demo", model, Purpose.CONVERSATION));
    }

    /** On the writer's thread. */
    private void store(Map<UsageKey, CountedSum> sums) {
        if (broken.get()) {
            throw Failure.unavailable("broken");
        }
        if (!sums.isEmpty()) {
            Map<UsageKey, Usage> usage = new HashMap<>();
            sums.forEach((key, sum) -> usage.put(key, sum.usage()));
            written.add(usage);
        }
    }

    private void runDown() {
        List<Runnable> all = new ArrayList<>(clocks);
        clocks.clear();
        all.forEach(Runnable::run);
        store.writes().run(() -> true); // comes after what the clocks have handed in
    }
}
