package dev.katra.shell.channel;

import java.util.concurrent.atomic.AtomicLong;

/** A MemoryBudget limits the bytes of requests that the server holds at once. It is safe for use by several threads. */
final class MemoryBudget {

    private final AtomicLong free;

    MemoryBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Reserves this number of bytes until they are {@link #release released}. Returns false if fewer are free. */
    boolean reserve(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /** Releases this number of reserved bytes. */
    void release(long bytes) {
        free.addAndGet(bytes);
    }

    /** Returns the number of bytes that are free. */
    long free() {
        return free.get();
    }
}
