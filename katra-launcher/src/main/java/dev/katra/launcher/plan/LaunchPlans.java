package dev.katra.launcher.plan;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manages the launch plans and pid files in the folders of the sessions. */
public final class LaunchPlans {

    /** The name of a plan in its session's folder. */
    static final String PLAN_FILE = "plan";

    /** The name of the file in which a session's process leaves its pid. */
    static final String PID_FILE = "pid";

    private LaunchPlans() {}

    /**
     * Holds what a session's process wrote into its pid file.
     *
     * @param mark the mark that tells it from a later process with that pid; null if the system gave none
     * @param writtenAt the time at which the file was written; a process with that pid that began later is another one
     */
    public record PidFile(long pid, @Nullable String mark, Instant writtenAt) {

        /**
         * Returns the process, if it runs or may run.
         *
         * @throws Failure UNAVAILABLE if it has no mark, and the system does not say which process has the pid
         */
        public Optional<LiveProcess> process() {
            return mark == null
                    ? LiveProcess.startedBy(pid, writtenAt)
                    : Optional.of(new LiveProcess(pid, mark)).filter(LiveProcess::mayRun);
        }
    }

    /**
     * Reads the pid file in a session's folder; empty until the session's process has begun.
     *
     * @throws Failure UNAVAILABLE if there is a file that cannot be read
     */
    public static Optional<PidFile> readPidFile(Path sessionFolder) {
        Path file = sessionFolder.resolve(PID_FILE);
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return words[0].isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PidFile(
                            Long.parseLong(words[0]),
                            words.length > 1 ? words[1] : null,
                            Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.unavailable(
                            "cannot read " + file + ", where a session's process left its pid: " + e.getMessage())
                    .hint("too many files may be open: do it again, or see katra doctor")
                    .cause(e);
        }
    }

    /**
     * Deletes the plans that no session has taken. Plans and folders that vanish meanwhile are not failures.
     *
     * @param sessions the folder of all sessions' folders
     * @param olderThan the time for which a plan may wait
     * @return the number of plans deleted
     */
    public static int sweep(Path sessions, Duration olderThan, Instant now) {
        if (!Files.isDirectory(sessions)) {
            return 0;
        }
        try (Stream<Path> folders = Files.list(sessions)) {
            return (int) folders.map(folder -> folder.resolve(PLAN_FILE))
                    .filter(plan -> isOlder(plan, now.minus(olderThan)))
                    .filter(LaunchPlans::delete)
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Returns the number of sessions whose process runs or may run, by their pid files, for a caller that cannot ask the
     * server.
     *
     * @throws Failure UNAVAILABLE if the folders cannot be read
     */
    public static int countRunning(Path sessions) {
        if (!Files.isDirectory(sessions)) {
            return 0;
        }
        try (Stream<Path> folders = Files.list(sessions)) {
            return (int) folders.filter(LaunchPlans::mayRun).count();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + sessions + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static boolean mayRun(Path folder) {
        try {
            return readPidFile(folder).flatMap(PidFile::process).isPresent();
        } catch (Failure e) {
            return true; // nobody says that it does not
        }
    }

    private static boolean isOlder(Path plan, Instant limit) {
        long written = plan.toFile().lastModified(); // 0 if it is not there, as it mostly is: without an exception
        return written > 0 && written < limit.toEpochMilli();
    }

    private static boolean delete(Path plan) {
        try {
            return Files.deleteIfExists(plan);
        } catch (IOException e) {
            return false;
        }
    }
}
