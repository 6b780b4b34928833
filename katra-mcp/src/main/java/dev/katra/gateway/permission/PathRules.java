package dev.katra.gateway.permission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides which paths a call may read and write. */
final class PathRules {

    /** The names of the tools' arguments that hold the path they work on. */
    static final List<String> PATH_ARGUMENTS = List.of("file_path", "notebook_path", "path");

    /** The names of files and folders that hold secrets, each a part of a path. */
    private static final Set<String> SECRET_NAMES = Set.of(
            ".ssh",
            ".aws",
            ".azure",
            ".gnupg",
            ".kube",
            ".docker",
            ".netrc",
            ".npmrc",
            ".pypirc",
            ".git-credentials",
            ".password-store",
            ".credentials.json",
            "gcloud",
            "keyrings",
            "shadow",
            "gshadow",
            ".pgpass",
            ".vault-token",
            "hosts.yml"); // of GitHub's command line

    /**
     * The names of folders and files that decide what programs do on this machine, the client and its hooks included.
     */
    private static final Set<String> PROTECTED_NAMES = Set.of(
            ".git",
            ".claude",
            ".claude.json",
            ".mcp.json",
            ".vscode",
            ".idea",
            ".husky",
            ".cargo",
            ".devcontainer",
            ".github",
            ".gitlab-ci.yml",
            ".gitconfig",
            ".gitmodules",
            ".envrc",
            ".profile",
            ".bashrc",
            ".bash_profile",
            ".zshrc",
            ".zprofile",
            ".zshenv");

    private final SafeguardCheck check;

    PathRules(SafeguardCheck check) {
        this.check = check;
    }

    /** Returns whether a path names a place that holds secrets. */
    static boolean isSecret(String path) {
        for (String part : path.split("[/=:]", -1)) {
            String name = part.toLowerCase(Locale.ROOT);
            if (SECRET_NAMES.contains(name)
                    || name.equals("environ") // the environment of a process, with its keys
                    || name.equals(".env")
                    || name.startsWith(".env.")
                    || name.startsWith("id_")
                    || name.endsWith(".pem")
                    || name.endsWith(".key")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether a path, links followed, lies in a folder of the session and neither holds secrets nor decides how
     * programs run.
     */
    boolean mayBeWritten(String written) {
        Optional<Path> real = real(written);
        if (real.isEmpty()) {
            return false;
        }
        Path path = real.get();
        for (Path part : path) {
            if (PROTECTED_NAMES.contains(part.toString().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return isInside(path) && !isSecret(path.toString());
    }

    /** Returns whether a path, links followed, lies in a folder of the session. */
    boolean isInside(String written) {
        return real(written).filter(this::isInside).isPresent();
    }

    /** Returns whether calls run in a folder of the session itself, and not in one below it. */
    boolean runsInSessionFolder() {
        return real(check.folder())
                .filter(here -> check.folders().stream().map(Path::of).anyMatch(here::equals))
                .isPresent();
    }

    /** Returns whether calls run in a folder of the session or below one. */
    boolean runsInside() {
        return runsInSessionFolder() || isInside(check.folder());
    }

    private boolean isInside(Path real) {
        return check.folders().stream().anyMatch(folder -> within(real, folder));
    }

    private static boolean within(Path real, String folder) {
        Path root = Path.of(folder);
        return root.getNameCount() > 0 && real.startsWith(root) && !real.equals(root);
    }

    /** Returns the path without links, as far as it exists; empty if it is not known where it leads. */
    private Optional<Path> real(String written) {
        if (written.isBlank() || written.startsWith("~")) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(check.folder()).resolve(written).normalize();
            return path.isAbsolute() ? Optional.of(resolved(path)) : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private static Path resolved(Path path) throws IOException {
        Path there = path;
        while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        return there == null ? path : there.toRealPath().resolve(there.relativize(path));
    }
}
