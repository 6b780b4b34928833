package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.Executables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Locates the Claude Code client that a session runs.
 *
 * @param path its absolute path
 * @param origin where it was found
 */
public record ClaudeBinary(Path path, ClientOrigin origin) {

    /** The environment variable that names the client to use. */
    public static final String VARIABLE = "KATRA_CLAUDE";

    /**
     * Tells where a client was found. The places are searched in this order, and the first that has a client counts.
     */
    public enum ClientOrigin {
        /** The environment variable {@link #VARIABLE} names it. */
        NAMED,
        /** The caller's PATH has it. */
        PATH,
        /** Katra has installed it into its home. */
        INSTALLED
    }

    /**
     * Returns the client that a caller's session runs; empty if there is none and one could be installed.
     *
     * @param folder the caller's folder, for a relative path in the variable
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
            return Optional.of(new ClaudeBinary(path, ClientOrigin.NAMED));
        }
        return Executables.find("claude", callerEnvironment)
                .map(path -> new ClaudeBinary(path, ClientOrigin.PATH))
                .or(() -> installed(home, ClaudePackage.ofThisMachine()));
    }

    /** Returns the folder into which Katra installs a client of its own. */
    public static Path installations(KatraHome home) {
        return home.root().resolve("claude");
    }

    static Optional<ClaudeBinary> installed(KatraHome home, ClaudePackage wanted) {
        Path path = wanted.binaryIn(installations(home).resolve(wanted.version()));
        return Executables.isExecutable(path)
                ? Optional.of(new ClaudeBinary(path, ClientOrigin.INSTALLED))
                : Optional.empty();
    }
}
