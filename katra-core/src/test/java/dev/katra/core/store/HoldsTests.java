package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HoldsTests {

    private static final long LONG = Duration.ofMillis(60).toNanos();

    @TempDir
    Path folder;

    @Test
    void measuresAWriteAndNamesWhoeverWaitsForIt() {
        try (TestStore store = TestStore.open(folder)) {
            Map<String, Long> held = new ConcurrentHashMap<>();
            store.writes().holds().listen((by, nanos) -> held.merge(by.get(), nanos, Math::max));
            long over = store.writes().holds().over();

            store.writes().run(() -> {
                store.writes().afterCommit(() -> park(2 * LONG));
                return park(LONG);
            });
            store.writes().submit(() -> park(LONG)).join();

            assertThat(held.get("HoldsTests.measuresAWriteAndNamesWhoeverWaitsForIt"))
                    .as("the actions after the commit")
                    .isGreaterThanOrEqualTo(2 * LONG);
            assertThat(held.get("HoldsTests")).isGreaterThanOrEqualTo(LONG);
            assertThat(held).containsKey("the commit of HoldsTests.measuresAWriteAndNamesWhoeverWaitsForIt");
            assertThat(store.writes().holds().over() - over).isGreaterThanOrEqualTo(3);
            assertThat(store.writes().holds().longest().toNanos()).isGreaterThanOrEqualTo(2 * LONG);
        }
    }

    @Test
    void namesOneAMinuteInTheLogAndNoneInTheFirst() {
        Logger log = (Logger) LoggerFactory.getLogger(Holds.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            AtomicLong clock = new AtomicLong();
            Holds holds = new Holds(clock::get);
            holds.add(() -> "Start.up", LONG);
            clock.addAndGet(Duration.ofSeconds(61).toNanos());
            holds.add(() -> "Short.one", Duration.ofMillis(49).toNanos());
            holds.add(() -> "First.one", LONG);
            holds.add(() -> "Second.one", LONG);
            clock.addAndGet(Duration.ofSeconds(61).toNanos());
            holds.add(() -> "Third.one", LONG);

            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isEqualTo(
                            List.of(
                                    "First.one held the writer for 60 ms, and others who write waited; 2 since the last such line",
                                    "Third.one held the writer for 60 ms, and others who write waited; 2 since the last such line"));
        } finally {
            log.detachAppender(lines);
        }
    }

    private static boolean park(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return true;
    }
}
