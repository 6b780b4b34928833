package dev.katra.shell.proof;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at the command line of every process of the machine again and again, and keeps what it saw. */
final class CommandLineWatch implements AutoCloseable {

    private static final long PAUSE_NANOS = 3_000_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "command-line-watch");
    private volatile boolean ended;

    CommandLineWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Every command line so far. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** The command lines that hold one of the texts. */
    List<String> holding(List<String> texts) {
        return seen().stream()
                .filter(line -> texts.stream().anyMatch(line::contains))
                .toList();
    }

    private void watch() {
        while (!ended) {
            ProcessTable.pids().forEach(pid -> seen.add(ProcessTable.commandLine(pid)));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
