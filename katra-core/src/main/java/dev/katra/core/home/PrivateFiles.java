package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes files of mode 0600; each is there whole or not at all. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Does something with a new, empty file. */
    @FunctionalInterface
    public interface FileAction {
        void run(Path file) throws IOException;
    }

    /**
     * Writes a file, and replaces the one that may be there. Its folder, of mode 0700, is created if it is missing.
     *
     * @return the file
     * @throws Failure UNAVAILABLE if it cannot be written
     */
    public static Path write(Path file, String text) {
        KatraHome.privateFolder(folder(file));
        try {
            replace(file, fresh -> Files.write(fresh, text.getBytes(StandardCharsets.UTF_8)));
            return file;
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + file + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    /**
     * Replaces a file by what the action writes into a temporary file beside it; the folder stays as it is. If the
     * action fails, so does this, and the old file stays.
     */
    public static void replace(Path file, FileAction writing) throws IOException {
        throughTemporary(file, fresh -> {
            writing.run(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Writes a file unless there is one. Of several processes that do so at once, the first one's file stays. */
    public static void writeIfMissing(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        throughTemporary(file, fresh -> {
            Files.writeString(fresh, text);
            try {
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                // then that one's text holds
            }
        });
    }

    /**
     * Creates an empty file, which others cannot read at any moment.
     *
     * @throws FileAlreadyExistsException if there is a file of that name
     */
    public static Path create(Path file) throws IOException {
        return Files.createFile(file, KatraHome.OWNER_ONLY_FILE);
    }

    /** Sets mode 0600 on a file or socket that has another one. */
    public static void restrict(Path file) throws IOException {
        var mode = KatraHome.OWNER_ONLY_FILE.value();
        if (!Files.getPosixFilePermissions(file).equals(mode)) {
            Files.setPosixFilePermissions(file, mode);
        }
    }

    private static void throughTemporary(Path file, FileAction action) throws IOException {
        Path fresh = Files.createTempFile(folder(file), ".katra-", ".new", KatraHome.OWNER_ONLY_FILE);
        try {
            action.run(fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
