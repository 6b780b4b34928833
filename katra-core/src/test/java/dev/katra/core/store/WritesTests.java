package dev.katra.core.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.testing.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class WritesTests {

    @TempDir
    Path folder;

    private TestStore store;
    private Writes writes;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        writes = store.writes();
        writes.run(
                () -> store.jdbc().sql("CREATE TABLE item (n INTEGER) STRICT").update());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void commitsOncePerBatch() {
        AtomicInteger commits = new AtomicInteger();
        writes.run(() -> {
            onWriter(connection -> connection.addCommitListener(new Commits(commits)));
            return true;
        });
        commits.set(0);
        writes.run(() -> insert(0));
        int ofOne = commits.getAndSet(0);

        joinAll(inOneBatch(() -> insert(1), () -> insert(2), () -> insert(3)));

        assertThat(ofOne).isPositive();
        assertThat(commits).hasValue(2 * ofOne); // that of the item that held the writer up, and the batch
        assertThat(stored()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aLongWriteLetsOthersInBetween() {
        List<Integer> items = IntStream.range(0, 200).boxed().toList();
        CompletableFuture<Integer> all = CompletableFuture.supplyAsync(() -> writes.runEach(items, item -> {
            LockSupport.parkNanos(5_000_000);
            insert(item);
            return Writes.Step.DONE;
        }));
        long longest = 0;
        int beside = 0;
        while (!all.isDone()) {
            long begun = System.nanoTime();
            writes.run(() -> insert(1_000));
            longest = Math.max(longest, System.nanoTime() - begun);
            beside++;
        }
        assertThat(all.join()).isEqualTo(200);
        assertThat(beside).isGreaterThan(10);
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(500)); // of a second in one piece
        assertThat(stored()).containsAll(items);
    }

    @Test
    void keepsTheOtherItemsOfABatchInWhichOneThrows() {
        List<CompletableFuture<Integer>> answers = inOneBatch(
                () -> insert(1),
                () -> {
                    insert(2);
                    throw Failure.conflict("no");
                },
                () -> insert(3));

        assertThat(answers.get(0).join()).isEqualTo(1);
        assertThat(caught(answers.get(1))).isInstanceOf(Failure.class).hasMessage("no");
        assertThat(answers.get(2).join()).isEqualTo(1);
        assertThat(stored()).containsExactly(1, 3);
    }

    @Test
    void keepsTheOtherItemsOfABatchInWhichOneViolatesAConstraint() {
        writes.run(() -> store.jdbc().sql("CREATE UNIQUE INDEX one ON item (n)").update());

        List<CompletableFuture<Integer>> answers = inOneBatch(() -> insert(1), () -> insert(1), () -> insert(3));

        assertThat(answers.get(1)).isCompletedExceptionally();
        joinAll(List.of(answers.get(0), answers.get(2)));
        assertThat(stored()).containsExactly(1, 3);
    }

    @Test
    void survivesAnErrorThrownByAnItem() {
        assertThatThrownBy(() -> writes.run(() -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(writes.run(() -> insert(1))).isEqualTo(1);
    }

    @Test
    void answersOnlyWhenAnotherConnectionSeesTheResult() throws SQLException {
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + store.home().database());
                var count = other.prepareStatement("SELECT count(*) FROM item")) {
            for (int n = 1; n <= 50; n++) {
                int number = n;
                writes.run(() -> insert(number));
                try (var rows = count.executeQuery()) {
                    assertThat(rows.getInt(1)).isEqualTo(n);
                }
            }
        }
    }

    @Test
    void runsActionsAfterTheCommitAndBeforeTheAnswer() {
        List<Integer> seen = new ArrayList<>();
        writes.run(() -> {
            insert(1);
            writes.afterCommit(() -> seen.addAll(stored()));
            return true;
        });
        assertThat(seen).containsExactly(1);
    }

    @Test
    void runsNoActionOfAnItemThatFailed() {
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> writes.run(() -> {
                    writes.afterCommit(ran::incrementAndGet);
                    throw Failure.conflict("no");
                }))
                .isInstanceOf(Failure.class);
        writes.run(() -> insert(1));
        assertThat(ran).hasValue(0);
    }

    @Test
    void answersAlthoughAnActionFails() {
        int answer = writes.run(() -> {
            writes.afterCommit(() -> {
                throw new AssertionError("broken");
            });
            return insert(1);
        });
        assertThat(answer).isEqualTo(1);
        assertThat(writes.run(() -> insert(2))).isEqualTo(1);
    }

    @Test
    void refusesActionsOutsideOfAWrite() {
        assertThatThrownBy(() -> writes.afterCommit(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToWriteFromAnActionAfterTheCommit() {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        writes.run(() -> {
            writes.afterCommit(() -> {
                try {
                    writes.run(() -> insert(1));
                } catch (IllegalStateException e) {
                    refused.complete(e);
                }
            });
            return true;
        });
        assertThat(refused).isCompleted();
        assertThat(stored()).isEmpty();
    }

    @Test
    void joinsTheWriteItRunsIn() {
        assertThatThrownBy(() -> writes.run(() -> {
                    writes.run(() -> insert(1));
                    throw Failure.conflict("no");
                }))
                .isInstanceOf(Failure.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void letsWhatDependsOnASubmittedWriteWriteItself() {
        int answer = writes.submit(() -> insert(1))
                .thenApply(n -> writes.run(() -> insert(2)))
                .join();
        assertThat(answer).isEqualTo(1);
        assertThat(stored()).containsExactly(1, 2);
    }

    @Test
    void refusesAWriteThatGoesAroundIt() {
        DataSource source = store.bean(DataSource.class);
        assertThatThrownBy(() -> {
                    try (Connection connection = source.getConnection();
                            var statement = connection.createStatement()) {
                        statement.executeUpdate("INSERT INTO item VALUES (1)");
                    }
                })
                .hasStackTraceContaining("a write outside of Writes.run");
        assertThatThrownBy(() -> insert(1)).hasStackTraceContaining("a write outside of Writes.run");
        assertThatThrownBy(() -> store.reads().run(() -> insert(1))).hasStackTraceContaining("readonly");
        assertThat(stored()).isEmpty();
    }

    @Test
    void failsEveryItemOfTheBatchInWhichTheDiskIsFull() {
        List<CompletableFuture<Integer>> answers = inOneBatch(() -> insert(1), this::fillUpTheDisk, () -> insert(3));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(caught(answer)).isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
                    assertThat(failure)
                            .hasMessageContaining("there is no space left on the disk of ")
                            .hasMessageContaining("katra.db");
                }));
        assertThat(stored()).isEmpty();
    }

    @Test
    void goesOnAfterTheDiskWasFull() {
        assertThat(caught(writes.submit(this::fillUpTheDisk))).isInstanceOf(Failure.class);

        joinAll(inOneBatch(() -> insert(1), () -> insert(2)));

        assertThat(stored()).containsExactly(1, 2);
    }

    @Test
    void goesOnAfterACommitThatFailed() {
        assertThat(caught(writes.submit(() -> {
                    store.jdbc()
                            .sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
                            .update();
                    store.jdbc()
                            .sql("CREATE TABLE child (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
                            .update();
                    return store.jdbc().sql("INSERT INTO child VALUES (7)").update();
                })))
                .isInstanceOf(Failure.class);

        writes.run(() -> insert(1));

        assertThat(stored()).containsExactly(1);
        assertThat(store.count("SELECT count(*) FROM sqlite_schema WHERE name = 'child'"))
                .isZero();
    }

    @Test
    void goesOnAfterAnotherProgramHeldTheDatabase() throws SQLException {
        writes.run(() -> store.jdbc()
                .sql("PRAGMA busy_timeout = 50")
                .query(Integer.class)
                .single());
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + store.home().database());
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(caught(writes.submit(() -> insert(1)))).isInstanceOf(Failure.class);
            statement.execute("ROLLBACK");
        }

        List<CompletableFuture<Integer>> answers = inOneBatch(() -> insert(2), () -> {
            insert(3);
            throw Failure.conflict("no");
        });

        assertThat(answers.get(0).join()).isEqualTo(1);
        assertThat(stored()).containsExactly(2);
    }

    @Test
    void refusingWaitsForTheBatchThatRuns() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Integer> first = writes.submit(() -> {
            running.countDown();
            await(gate);
            return insert(1);
        });
        await(running);
        CompletableFuture<List<Integer>> afterwards = CompletableFuture.supplyAsync(() -> {
            writes.refuse(Failure.unavailable("no more"));
            return stored();
        });
        assertThat(caught(afterwards.copy().orTimeout(200, MILLISECONDS))).isInstanceOf(TimeoutException.class);
        gate.countDown();

        assertThat(afterwards.join()).containsExactly(1);
        assertThat(first.join()).isEqualTo(1);
        assertThatThrownBy(() -> writes.run(() -> insert(2))).hasMessage("no more");
    }

    @Test
    void aRefusalDoesNotWaitForEverForAWriteThatHangs() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Integer> hanging = writes.submit(() -> {
            running.countDown();
            await(gate);
            return insert(1);
        });
        await(running);

        assertThat(writes.refuse(Failure.unavailable("no more"), Duration.ofMillis(100)))
                .as("it is over")
                .isFalse();

        gate.countDown();
        assertThat(hanging.join()).isEqualTo(1);
        assertThat(writes.refuse(Failure.unavailable("no more"))).isTrue();
        assertThatThrownBy(() -> writes.run(() -> insert(2))).hasMessage("no more");
    }

    /** What is in the file of the database alone afterwards is what the next server finds. */
    @Test
    void hasEveryAcknowledgedWriteInTheDatabaseWhenTheLogIsRemovedUnderWriters() throws Exception {
        WriteAheadLog log = store.bean(WriteAheadLog.class);
        assertThat(log.rescueIfDeleted(Failure.unavailable("no more"))).isEqualTo(WriteAheadLog.State.PRESENT);
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(t -> CompletableFuture.runAsync(
                        () -> {
                            for (int n = t; true; n += 4) {
                                int number = n;
                                try {
                                    writes.run(() -> insert(number));
                                } catch (Failure e) {
                                    return;
                                }
                                answered.add(number);
                            }
                        },
                        task -> new Thread(task).start()))
                .toList();
        Awaitility.await().until(() -> answered.size() > 200);

        Files.delete(log.file());
        int before = answered.size();
        Awaitility.await().until(() -> answered.size() > before + 100);
        assertThat(log.rescueIfDeleted(Failure.unavailable("no more"))).isEqualTo(WriteAheadLog.State.SAVED);
        joinAll(writers);

        Path copy = Files.copy(store.home().database(), folder.resolve("copy.db"));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + copy);
                var rows = other.createStatement().executeQuery("SELECT n FROM item")) {
            Set<Integer> found = new HashSet<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            assertThat(found).containsAll(answered);
        }
    }

    @Test
    void finishesWhatIsQueuedWhenItIsClosedAndRefusesMore() {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Integer> first = writes.submit(() -> {
            await(gate);
            return insert(1);
        });
        List<CompletableFuture<Integer>> queued = IntStream.range(0, 600)
                .mapToObj(n -> writes.submit(() -> insert(n)))
                .toList();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(writes::close);
        gate.countDown();
        closing.join();

        first.join();
        joinAll(queued);
        assertThat(stored()).hasSize(601);
        assertThatThrownBy(() -> writes.run(() -> insert(2)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE));
    }

    @Test
    void hasEveryAcknowledgedWriteAfterReopening() {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 8)
                .mapToObj(t -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 200).forEach(n -> writes.run(() -> insert(t * 200 + n))),
                        task -> new Thread(task).start()))
                .toList();
        joinAll(threads);
        store.close();
        store = TestStore.open(folder);
        assertThat(stored())
                .containsExactlyElementsOf(IntStream.range(0, 1600).boxed().toList());
    }

    private int insert(int n) {
        return store.jdbc().sql("INSERT INTO item VALUES (?)").param(n).update();
    }

    private List<Integer> stored() {
        return store.reads().run(() -> store.jdbc()
                .sql("SELECT n FROM item ORDER BY n")
                .query(Integer.class)
                .list());
    }

    private int fillUpTheDisk() {
        store.jdbc().sql("PRAGMA max_page_count = 1").query(Integer.class).single();
        return store.jdbc().sql("CREATE TABLE big AS SELECT zeroblob(100000)").update();
    }

    /** Holds the writer up until all of these have arrived. */
    private List<CompletableFuture<Integer>> inOneBatch(Work... items) {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Boolean> first = writes.submit(() -> {
            running.countDown();
            await(gate);
            return true;
        });
        await(running);
        List<CompletableFuture<Integer>> answers =
                Arrays.stream(items).map(writes::submit).toList();
        gate.countDown();
        first.join();
        answers.forEach(answer -> answer.exceptionally(e -> 0).join());
        return answers;
    }

    private void onWriter(Consumer<SQLiteConnection> use) {
        DataSource source = store.bean(DataSource.class);
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            use.accept(connection.unwrap(SQLiteConnection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    private static void joinAll(List<? extends CompletableFuture<?>> futures) {
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
    }

    private static Throwable caught(CompletableFuture<?> future) {
        return future.handle((value, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work extends Supplier<Integer> {}

    private record Commits(AtomicInteger count) implements SQLiteCommitListener {
        @Override
        public void onCommit() {
            count.incrementAndGet();
        }

        @Override
        public void onRollback() {}
    }
}
