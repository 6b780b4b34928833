package dev.katra.launcher.process;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one process by its pid and a mark that tells it from a later process with the same pid. On Linux the mark
 * is the moment of its start, in clock ticks since the machine's start, and the id of that start of the machine;
 * elsewhere it is its start by the clock.
 *
 * @param pid the process id; {@code exec} keeps it
 * @param mark the mark as {@link #of} gives it
 */
public record LiveProcess(long pid, String mark) {

    /**
     * The tolerance when two start times are compared: the system counts them from the boot time, which shifts a little
     * when the clock is set.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private static final String CLOCK_PREFIX = "ms:";

    private static final Path PROC = Path.of("/proc");

    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

    /** Holds whether the system counts starts of processes from the machine's own start. */
    private static final boolean TELLS_STARTS = Files.exists(PROC.resolve("self/stat")) && Files.exists(BOOT_ID);

    /** The id of the machine's current start; null until it could be read. */
    private static volatile @Nullable String boot;

    /** The index of the start time among the words of {@code /proc/PID/stat} after the program's name. */
    private static final int START_TIME_INDEX = 19;

    /** Tells what is known of a process. */
    public enum ProcessState {
        /** The process runs. */
        RUNNING,
        /** The process has ended, or its pid belongs to another one. */
        GONE,
        /** The system does not say, for example because no more files can be opened. */
        UNKNOWN
    }

    /** Tells how {@link #terminate} ended. */
    public enum TerminateResult {
        /** The process was gone before. */
        ALREADY_GONE,
        /** The process ended when it was asked to. */
        GRACEFUL,
        /** The process was killed. */
        KILLED,
        /** The process still exists: it belongs to another user, or the system holds it. */
        STILL_ALIVE
    }

    /** Holds what {@code /proc} says of a pid; the start is empty unless a process runs under it. */
    private record ProcStat(ProcessState state, String start) {}

    /** Returns the process that has this pid now. */
    public static Optional<LiveProcess> of(long pid) {
        return of(PROC, pid);
    }

    private static Optional<LiveProcess> of(Path proc, long pid) {
        if (!TELLS_STARTS) {
            return startTime(pid).map(start -> startedAt(pid, start));
        }
        ProcStat seen = procStat(proc, pid);
        String machine = boot();
        return seen.state() == ProcessState.RUNNING && machine != null
                ? Optional.of(new LiveProcess(pid, seen.start() + "/" + machine))
                : Optional.empty();
    }

    /** Returns the process that had this pid and started at this time of the clock, which may have been set since. */
    public static LiveProcess startedAt(long pid, Instant start) {
        return new LiveProcess(pid, CLOCK_PREFIX + start.toEpochMilli());
    }

    /**
     * Returns the process that has this pid now, if it started no later than this time of the clock.
     *
     * @throws Failure UNAVAILABLE if the system does not say
     */
    public static Optional<LiveProcess> startedBy(long pid, Instant latest) {
        return startedBy(PROC, pid, latest);
    }

    static Optional<LiveProcess> startedBy(Path proc, long pid, Instant latest) {
        Optional<Instant> start = startTime(pid);
        if (start.isEmpty()) {
            if (isUnknown(proc, pid)) {
                throw unknown(pid);
            }
            start = startTime(pid); // it could not be read before, or the pid is no program's
        }
        if (start.filter(begun -> !begun.isAfter(latest.plus(TOLERANCE))).isEmpty()) {
            return Optional.empty();
        }
        Optional<LiveProcess> process = of(proc, pid);
        if (process.isEmpty() && isUnknown(proc, pid)) {
            throw unknown(pid);
        }
        return process;
    }

    /**
     * Returns whether the command line of the process that has this pid now contains these words.
     *
     * @throws Failure UNAVAILABLE if the system does not say
     */
    public static boolean commandLineContains(long pid, String words) {
        return commandLineContains(PROC, pid, words);
    }

    static boolean commandLineContains(Path proc, long pid, String words) {
        if (!TELLS_STARTS) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().commandLine())
                    .filter(line -> line.contains(words))
                    .isPresent();
        }
        try {
            return read(proc.resolve(pid + "/cmdline")).replace('\0', ' ').contains(words);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false; // it has ended, or is somebody else's
        } catch (IOException e) {
            if (hasEnded(e)) {
                return false;
            }
            throw unknown(pid).cause(e);
        }
    }

    private static Failure unknown(long pid) {
        return Failure.unavailable("the system does not say what the process " + pid + " is")
                .hint("too many files may be open: do it again, or see katra doctor");
    }

    /** Returns what is known of this very process. */
    public ProcessState state() {
        return state(PROC);
    }

    ProcessState state(Path proc) {
        if (mark.startsWith(CLOCK_PREFIX)) {
            Instant start = Instant.ofEpochMilli(Long.parseLong(mark.substring(CLOCK_PREFIX.length())));
            return startTime(pid)
                            .filter(now -> Duration.between(now, start).abs().compareTo(TOLERANCE) <= 0)
                            .isPresent()
                    ? ProcessState.RUNNING
                    : isUnknown(proc, pid) ? ProcessState.UNKNOWN : ProcessState.GONE;
        }
        ProcStat seen = procStat(proc, pid);
        String machine = boot();
        if (seen.state() == ProcessState.RUNNING && machine == null) {
            return ProcessState.UNKNOWN; // it is noted by a machine's start, and which this one is could not be read
        }
        return seen.state() == ProcessState.RUNNING && !mark.equals(seen.start() + "/" + machine)
                ? ProcessState.GONE
                : seen.state();
    }

    private static boolean isUnknown(Path proc, long pid) {
        return TELLS_STARTS && (procStat(proc, pid).state() == ProcessState.UNKNOWN || boot() == null);
    }

    /** Returns whether this very process may still run: it runs, or the system does not say. */
    public boolean mayRun() {
        return state() != ProcessState.GONE;
    }

    /**
     * Asks the process to end (SIGTERM), waits at most this long, then kills it (SIGKILL). The calling thread blocks
     * meanwhile.
     */
    public TerminateResult terminate(Duration grace) {
        if (!mayRun()) {
            return TerminateResult.ALREADY_GONE;
        }
        handle().ifPresent(ProcessHandle::destroy);
        if (awaitEnd(grace)) {
            return TerminateResult.GRACEFUL;
        }
        handle().ifPresent(ProcessHandle::destroyForcibly);
        return awaitEnd(TOLERANCE) ? TerminateResult.KILLED : TerminateResult.STILL_ALIVE;
    }

    private boolean awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (mayRun()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return !mayRun();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** Returns the handle for signals; empty unless it is known to be of this process. */
    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(handle -> state() == ProcessState.RUNNING);
    }

    /**
     * Returns the time of the clock at which the process that has this pid now started; empty if none can be seen to
     * run.
     */
    private static Optional<Instant> startTime(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> Optional.of(handle.info())
                .filter(info -> runs(handle, info))
                .flatMap(ProcessHandle.Info::startInstant));
    }

    /**
     * Returns whether the process runs. One that ended but was not waited for by its parent keeps its pid and nothing
     * else.
     */
    private static boolean runs(ProcessHandle handle, ProcessHandle.Info info) {
        return handle.isAlive()
                && (info.command().isPresent()
                        || info.arguments().isPresent()
                        || info.commandLine().isPresent());
    }

    private static ProcStat procStat(Path proc, long pid) {
        try {
            String stat = read(proc.resolve(pid + "/stat"));
            // The name of the program stands in brackets and may hold any of them.
            String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split("\\s+", -1);
            boolean ended = words[0].equals("Z") || words[0].equals("X");
            return ended || words.length <= START_TIME_INDEX
                    ? new ProcStat(ended ? ProcessState.GONE : ProcessState.UNKNOWN, "")
                    : new ProcStat(ProcessState.RUNNING, words[START_TIME_INDEX]);
        } catch (NoSuchFileException e) {
            return new ProcStat(ProcessState.GONE, "");
        } catch (IOException e) {
            return new ProcStat(hasEnded(e) ? ProcessState.GONE : ProcessState.UNKNOWN, "");
        }
    }

    /** Returns whether the process ended between the opening and the reading; else nothing can be opened now. */
    private static boolean hasEnded(IOException e) {
        return String.valueOf(e.getMessage()).contains("No such process");
    }

    private static @Nullable String boot() {
        if (boot == null && TELLS_STARTS) {
            try {
                boot = read(BOOT_ID).strip();
            } catch (IOException e) {
                return null; // and it is asked for again
            }
        }
        return boot;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
