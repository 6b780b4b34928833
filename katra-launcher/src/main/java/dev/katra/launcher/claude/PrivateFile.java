package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files of mode 0600 that are there whole or not at all. */
final class PrivateFile {

    private PrivateFile() {}

    static Path write(Path file, String text) {
        Path folder = KatraHome.privateFolder(Objects.requireNonNull(file.getParent()));
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Path fresh = Files.createTempFile(folder, ".katra-", ".new", mode);
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + file).cause(e);
        }
    }
}
