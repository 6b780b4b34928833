package dev.katra.shell.server;

import dev.katra.core.concurrent.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends this process when the process or file for which it was started is gone. It is killed at once: a JVM that
 * records what it does would write it down even if it were halted.
 */
public final class ParentWatch {

    private static final long POLL_MILLIS = 500;

    private ParentWatch() {}

    /** Ends this process when the process of this pid has ended. */
    static void endWithProcess(long pid) {
        Optional<ProcessHandle> other = ProcessHandle.of(pid);
        if (other.isEmpty()) {
            endNow();
            return;
        }
        Threads.daemon("katra-tether", () -> {
                    other.get().onExit().join();
                    endNow();
                })
                .start();
    }

    /** Ends this process when this file is gone. */
    public static void endWithFile(Path file) {
        Threads.daemon("katra-tether", () -> {
                    while (Files.exists(file)) {
                        try {
                            Thread.sleep(POLL_MILLIS);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                    endNow();
                })
                .start();
    }

    private static void endNow() {
        try {
            new ProcessBuilder("sh", "-c", "kill -9 $PPID").start();
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
