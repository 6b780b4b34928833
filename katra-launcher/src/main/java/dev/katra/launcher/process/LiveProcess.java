package dev.katra.launcher.process;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One process, told from a later one that was given the same pid by its start time.
 *
 * @param pid its pid; {@code exec} keeps it
 * @param startedAt when it started
 */
public record LiveProcess(long pid, Instant startedAt) {

    /** The start time is counted from the boot time, which may shift a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private static final boolean PROC = new File("/proc/self/exe").exists();

    /** What {@link #terminate} came to. */
    public enum End {
        /** It was gone before. */
        ALREADY_GONE,
        /** It ended when it was asked to. */
        GRACEFUL,
        /** It was killed. */
        KILLED,
        /** It is still there: it belongs to somebody else, or the system holds it. */
        STILL_ALIVE
    }

    /** The process that has this pid now. */
    public static Optional<LiveProcess> of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> Optional.of(handle.info())
                        .filter(info -> runs(handle, info))
                        .flatMap(ProcessHandle.Info::startInstant))
                .map(start -> new LiveProcess(pid, start));
    }

    /**
     * Whether a process that was found once runs, at a tenth of the price of {@link #isAlive}. Where there is no
     * {@code /proc}, one that its parent has not waited for seems to; and one of another user does not.
     */
    public static boolean runs(ProcessHandle handle) {
        return handle.isAlive() && (!PROC || new File("/proc/" + handle.pid() + "/exe").exists());
    }

    /** Whether this very process still runs. */
    public boolean isAlive() {
        return handle().isPresent();
    }

    /** Asks the process to end (SIGTERM), waits for as long as the grace lasts, then kills it. */
    public End terminate(Duration grace) {
        Optional<ProcessHandle> handle = handle();
        if (handle.isEmpty()) {
            return End.ALREADY_GONE;
        }
        handle.get().destroy();
        if (gone(grace)) {
            return End.GRACEFUL;
        }
        handle().ifPresent(ProcessHandle::destroyForcibly);
        return gone(TOLERANCE) ? End.KILLED : End.STILL_ALIVE;
    }

    private boolean gone(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return !isAlive();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(handle -> {
            ProcessHandle.Info info = handle.info();
            return runs(handle, info) && startedThen(info);
        });
    }

    private boolean startedThen(ProcessHandle.Info info) {
        return info.startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }

    /** A process that ended but was not waited for by its parent keeps its pid and nothing else. */
    private static boolean runs(ProcessHandle handle, ProcessHandle.Info info) {
        return handle.isAlive()
                && (info.command().isPresent()
                        || info.arguments().isPresent()
                        || info.commandLine().isPresent());
    }
}
