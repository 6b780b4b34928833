package dev.katra.shell.proof;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at the command line of every process again and again, and notes those that hold a secret. */
final class CommandLineWatch implements AutoCloseable {

    private static final long PAUSE_NANOS = 3_000_000;

    private final List<String> secrets;
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final Map<String, Boolean> programs = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::watch, "command-line-watch");
    private volatile boolean ended;

    CommandLineWatch(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
        thread.setDaemon(true);
        thread.start();
    }

    /** The command lines that held a secret. */
    List<String> found() {
        return List.copyOf(found.values());
    }

    /** Whether a program whose command line holds this text was seen. */
    boolean saw(String text) {
        return programs.keySet().stream().anyMatch(line -> line.contains(text));
    }

    private void watch() {
        while (!ended) {
            for (long pid : ProcessTable.pids()) {
                String line = ProcessTable.commandLine(pid);
                programs.put(line, true);
                if (secrets.stream().anyMatch(line::contains)) {
                    found.put(line, line);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
