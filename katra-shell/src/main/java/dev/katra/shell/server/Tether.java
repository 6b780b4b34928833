package dev.katra.shell.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends this process when that for which it was started is gone. At once: a JVM that records what it does would write it
 * down even if it were halted.
 */
public final class Tether {

    private static final long LOOK_MILLIS = 500;

    private Tether() {}

    /** Ends this process when that one has ended. */
    static void toProcess(long pid) {
        Optional<ProcessHandle> other = ProcessHandle.of(pid);
        if (other.isEmpty()) {
            endNow();
            return;
        }
        Thread thread = new Thread(
                () -> {
                    other.get().onExit().join();
                    endNow();
                },
                "katra-tether");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends this process when that folder is gone. */
    public static void toFolder(Path folder) {
        Thread thread = new Thread(
                () -> {
                    while (Files.isDirectory(folder)) {
                        try {
                            Thread.sleep(LOOK_MILLIS);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                    endNow();
                },
                "katra-tether");
        thread.setDaemon(true);
        thread.start();
    }

    private static void endNow() {
        try {
            new ProcessBuilder("sh", "-c", "kill -9 $PPID").start();
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
