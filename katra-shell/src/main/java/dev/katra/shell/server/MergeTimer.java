package dev.katra.shell.server;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.search.IndexMerger;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Has the indexes of the search merged: it asks for that after the start, and then every minute. */
final class MergeTimer implements SmartInitializingSingleton, DisposableBean {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final IndexMerger merging;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemons("katra-merge"));

    MergeTimer(IndexMerger merging) {
        this.merging = merging;
    }

    @Override
    public void afterSingletonsInstantiated() {
        timer.execute(merging::mergeIfIdle); // which sees what there is
        var unused = timer.scheduleWithFixedDelay(
                merging::mergeIfIdle, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdown(); // and IndexMerger ends what it is at
    }
}
