package dev.katra.core.store;

/** The ends of threads that work for the store. */
public final class Threads {

    private Threads() {}

    /** Waits until the thread has ended, whatever interrupts; true if something did, which the caller must say again. */
    public static boolean joined(Thread thread) {
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
