package dev.katra.web.client;

import dev.katra.core.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the timed tasks of held requests on a few threads, however many requests there are. It is safe for use by
 * several threads.
 */
public class RequestScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestScheduler.class);
    private static final int THREADS = 4;

    private final ScheduledThreadPoolExecutor executor;
    private final ExecutorService longExecutor;

    public RequestScheduler() {
        executor = new ScheduledThreadPoolExecutor(THREADS, Threads.daemons("katra-held"));
        longExecutor = Executors.newFixedThreadPool(THREADS, Threads.daemons("katra-answer"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Returns a monotonic time, in nanoseconds since some moment. */
    public long nanos() {
        return System.nanoTime();
    }

    /** Runs the task after a delay; cancel it when it is no longer needed. */
    public Future<?> schedule(Duration delay, Runnable task) {
        try {
            return executor.schedule(() -> guarded(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null); // the server has stopped
        }
    }

    /** Runs the task as soon as a thread is free. It must not block. */
    public final void execute(Runnable task) {
        var unused = schedule(Duration.ZERO, task);
    }

    /**
     * Runs a task that may take a while as soon as a thread is free, on other threads than those that check held
     * requests.
     */
    public final void executeLong(Runnable task) {
        try {
            longExecutor.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            // the server has stopped
        }
    }

    /** Runs the task once the event has come, and never if the event is cancelled. */
    public final void executeWhenDone(CompletableFuture<Void> event, Runnable task) {
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
        longExecutor.shutdownNow();
    }
}
