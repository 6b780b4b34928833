package dev.katra.mcp;

import dev.katra.web.client.RequestScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Time that stands still until a test moves it: the clock, and every delay of a second or more. It is no component, so that only
 * those who name it have it.
 */
public class TestTime {

    @Bean
    @Primary
    Tasks testTasks() {
        return new Tasks();
    }

    @Bean
    @Primary
    Clock testClock(Tasks tasks) {
        return Clock.tick(tasks.clock(), Duration.ofMillis(1));
    }

    /** Where the time is kept. */
    public static final class Tasks extends RequestScheduler {

        private record Delayed(long at, Runnable task, CompletableFuture<Void> handle) {}

        private static final long ROUNDING = 20_000_000;

        private final Instant start = Instant.now();
        private final List<Delayed> delayed = new ArrayList<>();
        private volatile long now;

        /** Moves the time on, and begins what is due then. */
        public synchronized void advance(Duration time) {
            now += time.toNanos();
            for (Iterator<Delayed> each = delayed.iterator(); each.hasNext(); ) {
                Delayed next = each.next();
                if (next.handle().isCancelled()) {
                    each.remove();
                } else if (next.at() <= now) {
                    each.remove();
                    execute(next.task());
                }
            }
        }

        /** Whether something is to begin then, give or take what rounding costs. */
        public synchronized boolean waitsFor(Duration delay) {
            return delayed.stream()
                    .anyMatch(each ->
                            !each.handle().isCancelled() && Math.abs(each.at() - now - delay.toNanos()) < ROUNDING);
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public synchronized Future<?> schedule(Duration delay, Runnable task) {
            if (delay.compareTo(Duration.ofSeconds(1)) < 0) {
                return super.schedule(delay, task);
            }
            CompletableFuture<Void> handle = new CompletableFuture<>();
            delayed.add(new Delayed(now + delay.toNanos(), task, handle));
            return handle;
        }

        private Clock clock() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return start.plusNanos(now);
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException("this clock has one zone");
                }
            };
        }
    }
}
