package dev.katra.shell.proof;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at the command line of every process of the machine again and again, and keeps what it saw. */
final class CommandLineWatch implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMillis(3);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "command-line-watch");
    private final Duration pause;
    private volatile boolean ended;

    /** Sees whatever lives for a few milliseconds. */
    CommandLineWatch() {
        this(SHORT);
    }

    /** Sees whatever outlives the pause between two looks. */
    CommandLineWatch(Duration pause) {
        this.pause = pause;
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
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
