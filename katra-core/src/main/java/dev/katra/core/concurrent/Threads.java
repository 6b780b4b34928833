package dev.katra.core.concurrent;

import java.util.concurrent.ThreadFactory;

/** Makes daemon threads, which do not keep a process from ending, and waits for threads to end. */
public final class Threads {

    private Threads() {}

    /** Returns a daemon thread of this name, which is not started yet. */
    public static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a factory of daemon threads that all have this name. */
    public static ThreadFactory daemons(String name) {
        return task -> daemon(name, task);
    }

    /**
     * Waits until the thread has ended, also when it is interrupted. Returns true if it was, which the caller must
     * restore.
     */
    public static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
