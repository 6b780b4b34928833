package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes files of mode 0600 into folders of mode 0700; each is there whole or not at all. */
public final class PrivateFile {

    private PrivateFile() {}

    /**
     * Writes a file, and replaces the one that may be there. Its folder is created if it is missing.
     *
     * @return the file
     * @throws Failure UNAVAILABLE if it cannot be written
     */
    public static Path write(Path file, String text) {
        Path folder = KatraHome.privateFolder(Objects.requireNonNull(file.getParent()));
        try {
            Path fresh = Files.createTempFile(folder, ".katra-", ".new", KatraHome.OWNER_ONLY_FILE);
            try {
                Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
                return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + file + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }
}
