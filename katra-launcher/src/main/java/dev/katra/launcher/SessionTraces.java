package dev.katra.launcher;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/**
 * Deletes the files that sessions leave. Of an ended session, only the trace that the gateway wrote is kept for a
 * while.
 */
final class SessionTraces {

    /** The time for which a trace is kept after its last file was made. */
    static final Duration RETENTION = Duration.ofDays(7);

    private static final String NAME = "trace";

    private SessionTraces() {}

    /** Returns the folder in which the gateway writes what passes between a session and its provider. */
    static Path folder(KatraHome home, Session session) {
        return home.session(session.uid()).resolve(NAME);
    }

    /** Deletes an ended session's files except its trace, and the trace too once it is old enough. */
    static void deleteAllButTrace(Path sessionFolder, Instant now) throws IOException {
        File trace = sessionFolder.resolve(NAME).toFile();
        boolean kept = files(trace).length > 0
                && Instant.ofEpochMilli(trace.lastModified()).isAfter(now.minus(RETENTION));
        if (!kept) {
            FileSystemUtils.deleteRecursively(sessionFolder);
            return;
        }
        for (File file : files(sessionFolder.toFile())) {
            if (!file.getName().equals(NAME)) {
                FileSystemUtils.deleteRecursively(file.toPath());
            }
        }
    }

    /** Deletes the files of a live session's trace that are old enough. */
    static void deleteExpired(Path sessionFolder, Instant now) throws IOException {
        for (File file : files(sessionFolder.resolve(NAME).toFile())) {
            if (!Instant.ofEpochMilli(file.lastModified()).isAfter(now.minus(RETENTION))) {
                Files.deleteIfExists(file.toPath());
            }
        }
    }

    private static File[] files(File folder) {
        return Objects.requireNonNullElse(folder.listFiles(), new File[0]);
    }
}
