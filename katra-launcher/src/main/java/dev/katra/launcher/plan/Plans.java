package dev.katra.launcher.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The plans that wait in the folders of the sessions. */
public final class Plans {

    /** The name of a plan in its session's folder. */
    static final String NAME = "plan";

    /** The name of the file in which a session's process leaves its pid. */
    static final String PID = "pid";

    private Plans() {}

    /**
     * What a session's process left in the session's folder.
     *
     * @param at when; a process of that pid that began later is another one
     */
    public record Pid(long pid, Instant at) {}

    /** The pid that a session's process left in the session's folder; empty until it has begun. */
    public static Optional<Pid> pid(Path sessionFolder) {
        Path file = sessionFolder.resolve(PID);
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Pid(
                            Long.parseLong(text),
                            Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes the plans whose session never came to take them. Plans and folders that vanish meanwhile are no failure.
     *
     * @param sessions the folder of all sessions' folders
     * @param olderThan how long a plan may wait
     * @return how many were deleted
     */
    public static int sweep(Path sessions, Duration olderThan, Instant now) {
        if (!Files.isDirectory(sessions)) {
            return 0;
        }
        try (Stream<Path> folders = Files.list(sessions)) {
            return (int) folders.map(folder -> folder.resolve(NAME))
                    .filter(plan -> isOlder(plan, now.minus(olderThan)))
                    .filter(Plans::delete)
                    .count();
        } catch (IOException e) {
            return 0;
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
