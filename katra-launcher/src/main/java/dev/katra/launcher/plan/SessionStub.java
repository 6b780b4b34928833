package dev.katra.launcher.plan;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The shell script that turns a plan into a session's process, in a terminal and in tmux alike. It lives in the home,
 * so that it can be run while no Java process is there.
 *
 * @param path where it is installed
 */
public record SessionStub(Path path) {

    private static final String RESOURCE = "session-stub";

    /**
     * Installs this program's stub into the home unless it is there already. Sessions that start meanwhile see the old
     * one or the new one, never half of it.
     *
     * @throws Failure UNAVAILABLE if it cannot be written
     */
    public static SessionStub install(KatraHome home) {
        Path path = home.root().resolve("libexec").resolve(RESOURCE);
        byte[] script = script();
        try {
            if (Files.isExecutable(path) && Arrays.equals(Files.readAllBytes(path), script)) {
                return new SessionStub(path);
            }
            Path folder = KatraHome.privateFolder(home.root().resolve("libexec"));
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Path fresh = Files.createTempFile(folder, RESOURCE, ".new", mode);
            Files.write(fresh, script);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new SessionStub(path);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + path).cause(e);
        }
    }

    /** The command line that carries a plan out; {@code exec} it, so that the pid stays. */
    public List<String> argv(Path plan) {
        return List.of("/bin/sh", path.toString(), plan.toString());
    }

    private static byte[] script() {
        try (InputStream in = Objects.requireNonNull(SessionStub.class.getResourceAsStream(RESOURCE))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
