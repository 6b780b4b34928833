package dev.katra.shell.server;

import dev.katra.core.backup.UnpackedBackup;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Removes what killed processes have left in the home: servers' temporary files, and backups that were being restored.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** The age after which a restoration is taken for one that was broken off. */
    private static final Duration MAX_RESTORATION_AGE = Duration.ofHours(1);

    private Leftovers() {}

    /**
     * Removes what was left. Must be called by the process that holds the home's lock, before it has temporary files
     * itself.
     */
    static void remove(KatraHome home) {
        try {
            for (Path file : list(home.temporary())) {
                FileSystemUtils.deleteRecursively(file);
            }
            for (Path file : list(home.run())) {
                if (isOfOlderVersion(file.getFileName().toString())) {
                    FileSystemUtils.deleteRecursively(file);
                }
            }
            Instant old = Instant.now().minus(MAX_RESTORATION_AGE);
            for (Path file : list(home.root())) {
                if (file.getFileName().toString().startsWith(UnpackedBackup.STAGED_PREFIX)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    FileSystemUtils.deleteRecursively(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot remove what was left in {}", home.root(), e);
        }
        KatraHome.privateFolder(home.temporary());
    }

    /** Returns whether this is a temporary file of a version that had no folder of its own for them. */
    private static boolean isOfOlderVersion(String name) {
        return name.equals("tomcat") || name.startsWith("sqlite-") || name.startsWith("onnxruntime");
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
