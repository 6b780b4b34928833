package dev.katra.shell.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends this process when the process or folder for which it was started is gone. It is killed at once: a JVM that
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
        Thread thread = new Thread(
                () -> {
                    other.get().onExit().join();
                    endNow();
                },
                "katra-tether");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends this process when this folder is gone. */
    public static void endWithFolder(Path folder) {
        Thread thread = new Thread(
                () -> {
                    while (Files.isDirectory(folder)) {
                        try {
                            Thread.sleep(POLL_MILLIS);
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
