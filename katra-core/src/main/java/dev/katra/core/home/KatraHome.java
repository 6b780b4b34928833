package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The home: one folder (mode 0700) that holds the database, the server's files and the sessions' files. Files that
 * Katra did not write there are left alone.
 *
 * @param root absolute path of the home
 */
public record KatraHome(Path root) {

    /** The environment variable that names the home. */
    public static final String VARIABLE = "KATRA_HOME";

    public KatraHome {
        root = root.toAbsolutePath().normalize();
    }

    /** The home that an environment means: {@code KATRA_HOME}, else {@code $HOME/.katra}. */
    public static KatraHome of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return new KatraHome(Path.of(named));
        }
        String user = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return new KatraHome(Path.of(user, ".katra"));
    }

    /** The SQLite database. */
    public Path database() {
        return root.resolve("katra.db");
    }

    /** Locked by the server for as long as it lives. */
    public Path lock() {
        return root.resolve("lock");
    }

    /** Port, pid and version of the server. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    /** The folder of what exists while the server runs. */
    public Path run() {
        return root.resolve("run");
    }

    /** The socket of the private channel between the command line and the server; its folder is closed to others. */
    public Path socket() {
        return run().resolve("katra.sock");
    }

    /** The secret by which the command line and the server of this home know each other. */
    public Path secret() {
        return root.resolve("secret");
    }

    /** The folder of all logs. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The server's log. */
    public Path serverLog() {
        return logs().resolve("server.log");
    }

    /** The user's providers. */
    public Path providers() {
        return root.resolve("providers.conf");
    }

    /** The folder of one session's files: plan, settings, MCP configuration. */
    public Path session(String sessionUid) {
        return root.resolve("sessions").resolve(sessionUid);
    }

    /** The folder of all sessions' files. */
    public Path sessions() {
        return root.resolve("sessions");
    }

    /** Where Katra installs a Claude Code of its own. */
    public Path claude() {
        return root.resolve("claude");
    }

    /** Whether semantic recall is on, and its model once that is fetched. */
    public Path semantic() {
        return root.resolve("semantic");
    }

    /** The prompt's history. */
    public Path history() {
        return root.resolve("history");
    }

    /**
     * Creates the home if it is missing and closes it to other users.
     *
     * @throws Failure INVALID if it is a folder that others need open; UNAVAILABLE if it cannot be created or closed
     */
    public KatraHome create() {
        for (String shared : List.of("user.home", "java.io.tmpdir")) {
            if (root.equals(Path.of(System.getProperty(shared))) || root.getParent() == null) {
                throw Failure.invalid(root + " cannot be a home of Katra, which closes its home to everyone else")
                        .hint("set " + VARIABLE + " to a folder of its own");
            }
        }
        privateFolder(root);
        return this;
    }

    /** Creates a folder of mode 0700, or sets that mode on the one that is there. */
    public static Path privateFolder(Path folder) {
        try {
            var mode = PosixFilePermissions.fromString("rwx------");
            if (Files.isDirectory(folder)) {
                if (!Files.getPosixFilePermissions(folder).equals(mode)) {
                    Files.setPosixFilePermissions(folder, mode);
                }
                return folder;
            }
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
            return folder;
        } catch (IOException e) {
            throw Failure.unavailable("cannot create the folder " + folder + ": " + e.getMessage())
                    .hint("check who owns it, or set " + VARIABLE + " to another folder")
                    .cause(e);
        }
    }
}
