package dev.katra.shell.server;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.room.RoomService;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has old messages deleted from time to time, if the user wants that. A message that somebody who is here has not
 * received is kept, whatever its age; {@link RoomService#deleteReceived} says which may go.
 */
final class RetentionTimer implements SmartInitializingSingleton, DisposableBean {

    /** The default pause between two deletions. */
    static final Duration DEFAULT_PAUSE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);

    /**
     * The maximum number of messages that are deleted in one write: few enough that what is said meanwhile need not
     * wait.
     */
    private static final int BATCH_SIZE = 500;

    private final RoomService room;
    private final @Nullable Duration maxAge;
    private final Duration pause;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemons("katra-retention"));

    RetentionTimer(RoomService room, @Nullable Duration maxAge, Duration pause) {
        this.room = room;
        this.maxAge = maxAge;
        this.pause = pause;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (maxAge != null) {
            Duration age = maxAge;
            var unused = timer.scheduleWithFixedDelay(
                    () -> delete(age), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void delete(Duration age) {
        try {
            int all = 0;
            int deleted;
            do {
                deleted = room.deleteReceived(age, BATCH_SIZE);
                all += deleted;
            } while (deleted > 0 && !timer.isShutdown());
            if (all > 0) {
                LOG.info("deleted {} messages older than {} that everybody has received", all, age);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("deleting old messages failed; trying again", e);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
