package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the warnings of a session's start, which hold for its life, one on each line of a file in the session's folder.
 */
final class SessionWarnings {

    private static final String NAME = "notes";

    private SessionWarnings() {}

    static void write(Path sessionFolder, List<String> notes) {
        if (notes.isEmpty()) {
            return;
        }
        try {
            Files.write(sessionFolder.resolve(NAME), notes);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + sessionFolder.resolve(NAME))
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    static List<String> read(KatraHome home, Session session) {
        try {
            return Files.readAllLines(home.session(session.uid()).resolve(NAME));
        } catch (IOException e) {
            return List.of();
        }
    }
}
