package dev.katra.core.store;

/** Waits for threads to end. */
public final class Threads {

    private Threads() {}

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
