package dev.katra.launcher;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/** The files of a session, of which only what the gateway wrote down outlives it. */
final class SessionTraces {

    /** How long a trace is kept after its last file was made. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final String NAME = "trace";

    private SessionTraces() {}

    /** Where the gateway writes what passes between a session and its provider. */
    static Path folder(KatraHome home, Session session) {
        return home.session(session.uid()).resolve(NAME);
    }

    /** Deletes an ended session's files but for its trace, and that too once it is old enough. */
    static void deleteAllBut(Path sessionFolder, Instant now) throws IOException {
        File trace = sessionFolder.resolve(NAME).toFile();
        boolean kept = files(trace).length > 0
                && Instant.ofEpochMilli(trace.lastModified()).isAfter(now.minus(KEPT));
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

    private static File[] files(File folder) {
        return Objects.requireNonNullElse(folder.listFiles(), new File[0]);
    }
}
