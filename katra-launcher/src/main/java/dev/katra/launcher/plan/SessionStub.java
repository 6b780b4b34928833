package dev.katra.launcher.plan;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Installs the shell script that turns a plan into a session's process, in a terminal and in tmux alike. The script
 * lies in the home, so that it can run while no Java process is there.
 *
 * @param path the path of the installed script
 */
public record SessionStub(Path path) {

    private static final String RESOURCE = "session-stub";

    /**
     * Installs this program's stub into the home unless it is there already. Sessions that start meanwhile see the old
     * script or the new one, never half of it.
     *
     * @throws Failure UNAVAILABLE if it cannot be written
     */
    public static SessionStub install(KatraHome home) {
        Path path = home.root().resolve("libexec").resolve(RESOURCE);
        String script = script();
        if (!script.equals(installed(path))) {
            PrivateFiles.write(path, script);
        }
        return new SessionStub(path);
    }

    /** Returns the command line that carries a plan out. Run it with {@code exec}, so that the pid stays. */
    public List<String> argv(Path plan) {
        return List.of("/bin/sh", path.toString(), plan.toString());
    }

    private static @Nullable String installed(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            return null;
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(SessionStub.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
