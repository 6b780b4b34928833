package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names the home: one folder (mode 0700) that holds the database, the server's files and the sessions' files. Files
 * that Katra did not write there are left alone.
 *
 * @param root absolute path of the home
 */
public record KatraHome(Path root) {

    /** The environment variable that names the home. */
    public static final String VARIABLE = "KATRA_HOME";

    /** The attribute of a new file that only its owner may use: mode 0600. */
    public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The attribute of a new folder that only its owner may use: mode 0700. */
    public static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    public KatraHome {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Returns the home that an environment names: {@code KATRA_HOME}, else {@code $HOME/.katra}.
     *
     * @throws Failure INVALID if it is the user's own folder or one around it
     */
    public static KatraHome of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        String user = environment.getOrDefault("HOME", "");
        String known = user.isBlank() ? System.getProperty("user.home") : user;
        if (named.isBlank()) {
            return new KatraHome(Path.of(known, ".katra"));
        }
        KatraHome home = new KatraHome(Path.of(named));
        if (real(Path.of(known)).startsWith(real(home.root))) {
            throw home.shared();
        }
        return home;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private Failure shared() {
        return Failure.invalid(root + " cannot be a home of Katra, which closes its home to everyone else")
                .hint("set " + VARIABLE + " to a folder of its own, such as " + root.resolve(".katra"));
    }

    /** Returns the path of the SQLite database. */
    public Path database() {
        return root.resolve("katra.db");
    }

    /** Returns the path of the file that the server locks for as long as it lives. */
    public Path lock() {
        return root.resolve("lock");
    }

    /** Returns the path of the file with the port, pid and version of the server. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    /** Returns the folder of the files that exist while the server runs. */
    public Path run() {
        return root.resolve("run");
    }

    /**
     * Returns the server's folder of temporary files, which each server empties at its start: SQLite's library,
     * Tomcat's folders.
     */
    public Path temporary() {
        return run().resolve("tmp");
    }

    /**
     * Returns the socket of the private channel between the command line and the server; its folder is closed to
     * others.
     */
    public Path socket() {
        return run().resolve("katra.sock");
    }

    /** Returns the socket over which the hook scripts of sessions speak HTTP with the server. */
    public Path hookSocket() {
        return run().resolve("hooks.sock");
    }

    /** Returns the path of the secret by which the command line and the server of this home know each other. */
    public Path secret() {
        return root.resolve("secret");
    }

    /** Returns the folder of all logs. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Returns the path of the server's log. */
    public Path serverLog() {
        return logs().resolve("server.log");
    }

    /** Returns the path of the file with the user's providers. */
    public Path providers() {
        return root.resolve("providers.conf");
    }

    /** Returns the folder of one session's files: plan, settings, MCP configuration. */
    public Path session(String sessionUid) {
        return root.resolve("sessions").resolve(sessionUid);
    }

    /** Returns the folder that holds the folders of all sessions. */
    public Path sessions() {
        return root.resolve("sessions");
    }

    /** Returns the folder of semantic recall: its switch, and its model once that is fetched. */
    public Path semantic() {
        return root.resolve("semantic");
    }

    /** Returns the path of the prompt's history. */
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
                throw shared();
            }
        }
        privateFolder(root);
        return this;
    }

    /** Creates a folder of mode 0700, or sets that mode on the one that is there. */
    public static Path privateFolder(Path folder) {
        try {
            var mode = OWNER_ONLY_FOLDER.value();
            if (Files.isDirectory(folder)) {
                if (!Files.getPosixFilePermissions(folder).equals(mode)) {
                    Files.setPosixFilePermissions(folder, mode);
                }
                return folder;
            }
            Files.createDirectories(folder, OWNER_ONLY_FOLDER);
            return folder;
        } catch (IOException e) {
            throw Failure.unavailable("cannot create the folder " + folder + ": " + e.getMessage())
                    .hint("check who owns it, or set " + VARIABLE + " to another folder")
                    .cause(e);
        }
    }
}
