package dev.katra.launcher.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds programs the way the caller's own shell would. */
public final class Executables {

    private Executables() {}

    /**
     * Returns the first executable file of that name on the PATH of an environment; relative PATH entries do not count.
     */
    public static Optional<Path> find(String name, Map<String, String> environment) {
        for (String entry : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!entry.startsWith("/")) {
                continue;
            }
            try {
                Path candidate = Path.of(entry, name);
                if (isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            } catch (InvalidPathException ignored) {
                // An entry that this platform cannot name holds no program either.
            }
        }
        return Optional.empty();
    }

    /** Returns whether a path is a file that this user may execute. */
    public static boolean isExecutable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
