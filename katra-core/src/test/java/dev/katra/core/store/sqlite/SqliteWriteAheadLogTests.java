package dev.katra.core.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import dev.katra.core.testing.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcOperations;

@Timeout(60)
class SqliteWriteAheadLogTests {

    @TempDir
    Path folder;

    @Test
    void aLogThatWasRemovedIsNotWaitedForWhenTheDiskDoesNotAnswer() throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            Writes writes = store.writes();
            SqliteWriteAheadLog log = new SqliteWriteAheadLog(
                    store.bean(JdbcOperations.class), writes, store.home(), Duration.ofMillis(100));
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<Boolean> hanging = writes.submit(() -> {
                running.countDown();
                return await(gate);
            });
            assertThat(await(running)).isTrue();
            Files.delete(log.file());

            assertThat(log.rescueIfDeleted(Failure.unavailable("no more"))).isEqualTo(WriteAheadLog.State.LOST);

            gate.countDown();
            assertThat(hanging.join()).isTrue();
            assertThatThrownBy(() -> writes.run(() -> true)).hasMessage("no more");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
