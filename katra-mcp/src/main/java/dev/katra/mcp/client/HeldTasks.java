package dev.katra.mcp.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time of held requests, and the few threads on which they are looked at, however many there are. */
public class HeldTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldTasks.class);
    private static final int THREADS = 4;

    private final ScheduledThreadPoolExecutor executor;

    public HeldTasks() {
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "katra-held");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    /** A time that only goes on, in nanoseconds since some moment. */
    public long nanos() {
        return System.nanoTime();
    }

    /** Runs it after a while; cancel it when it is not needed any more. */
    public Future<?> after(Duration delay, Runnable task) {
        try {
            return executor.schedule(() -> guarded(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null); // the server has stopped
        }
    }

    /** Runs it soon. */
    public final void now(Runnable task) {
        var unused = after(Duration.ZERO, task);
    }

    /** Runs it once the event has come; not if the event is cancelled. */
    public final void upon(CompletableFuture<Void> event, Runnable task) {
        var unused = event.thenRunAsync(() -> guarded(task), executor);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("looking at a held request failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
