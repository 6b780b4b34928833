package dev.katra.shell.server;

import dev.katra.core.search.IndexMerging;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Has the indexes of the search merged: after the start, and every minute when nobody has written since the last. */
final class Merging implements SmartInitializingSingleton, DisposableBean {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final IndexMerging merging;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "katra-merge");
        thread.setDaemon(true);
        return thread;
    });

    Merging(IndexMerging merging) {
        this.merging = merging;
    }

    @Override
    public void afterSingletonsInstantiated() {
        timer.execute(merging::look); // which sees what there is
        var unused =
                timer.scheduleWithFixedDelay(merging::look, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdown(); // and IndexMerging ends what it is at
    }
}
