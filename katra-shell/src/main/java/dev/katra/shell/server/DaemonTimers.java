package dev.katra.shell.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes timers for what the server does from time to time. */
final class DaemonTimers {

    private DaemonTimers() {}

    /** Returns a timer of one thread of this name, which does not keep the server from ending. */
    static ScheduledExecutorService create(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
