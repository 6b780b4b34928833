package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.Executables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The Claude Code client that a session runs.
 *
 * @param path its absolute path
 * @param source why this one
 */
public record ClaudeBinary(Path path, Source source) {

    /** The environment variable that names the client to use. */
    public static final String VARIABLE = "KATRA_CLAUDE";

    /** Where a client was found, the first that has one counts. */
    public enum Source {
        /** Named by {@link #VARIABLE}. */
        NAMED,
        /** The caller's own, on the PATH. */
        PATH,
        /** Installed by Katra into its home. */
        INSTALLED
    }

    /**
     * The client that a caller's session runs; empty if there is none and one could be installed.
     *
     * @param folder the caller's, for a relative path in the variable
     * @throws Failure NOT_FOUND if the variable names something that cannot be run
     */
    public static Optional<ClaudeBinary> find(KatraHome home, Map<String, String> callerEnvironment, Path folder) {
        String named = callerEnvironment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            Path path = folder.resolve(named).toAbsolutePath().normalize();
            if (!Executables.isExecutable(path)) {
                throw Failure.notFound(VARIABLE + " names \"" + named + "\", which is not an executable file")
                        .hint("unset " + VARIABLE + " or set it to the path of a claude binary");
            }
            return Optional.of(new ClaudeBinary(path, Source.NAMED));
        }
        return Executables.find("claude", callerEnvironment)
                .map(path -> new ClaudeBinary(path, Source.PATH))
                .or(() -> installed(home, ClaudePackage.ofThisMachine()));
    }

    static Optional<ClaudeBinary> installed(KatraHome home, ClaudePackage wanted) {
        Path path = wanted.binaryIn(home.claude().resolve(wanted.version()));
        return Executables.isExecutable(path)
                ? Optional.of(new ClaudeBinary(path, Source.INSTALLED))
                : Optional.empty();
    }
}
