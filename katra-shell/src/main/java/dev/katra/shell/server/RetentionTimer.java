package dev.katra.shell.server;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.room.RoomService;
import dev.katra.core.turn.TurnService;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has old messages deleted from time to time, if the user wants that, and the turns that are too old or too many. A message
 * that somebody who is here has not received is kept, whatever its age; {@link RoomService#deleteReceived} says which may
 * go, and {@link TurnService#deleteOld} which turns.
 */
final class RetentionTimer implements SmartInitializingSingleton, DisposableBean {

    /** The default pause between two deletions. */
    static final Duration DEFAULT_PAUSE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);

    /**
     * The maximum number of messages or turns that are deleted in one write: few enough that what is said meanwhile need not
     * wait.
     */
    private static final int BATCH_SIZE = 500;

    /** The time after the start from which it deletes: a server that runs for less than an hour keeps to the limits too. */
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final RoomService room;
    private final TurnService turns;
    private final @Nullable Duration maxAge;
    private final Duration pause;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemons("katra-retention"));

    RetentionTimer(RoomService room, TurnService turns, @Nullable Duration maxAge, Duration pause) {
        this.room = room;
        this.turns = turns;
        this.maxAge = maxAge;
        this.pause = pause;
    }

    @Override
    public void afterSingletonsInstantiated() {
        long first = Math.min(FIRST_PAUSE.toMillis(), pause.toMillis());
        var unused = timer.scheduleWithFixedDelay(this::delete, first, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void delete() {
        if (maxAge != null) {
            delete(maxAge);
        }
        deleteTurns();
    }

    /** Deletes the turns that are too old or too many. */
    void deleteTurns() {
        try {
            int all = all(() -> turns.deleteOld(BATCH_SIZE));
            if (all > 0) {
                LOG.info("deleted {} turns that were too old or too many", all);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("deleting old turns failed; trying again", e);
        }
    }

    private int all(IntSupplier part) {
        int all = 0;
        int deleted;
        do {
            deleted = part.getAsInt();
            all += deleted;
        } while (deleted > 0 && !timer.isShutdown());
        return all;
    }

    void delete(Duration age) {
        try {
            int all = all(() -> room.deleteReceived(age, BATCH_SIZE));
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
