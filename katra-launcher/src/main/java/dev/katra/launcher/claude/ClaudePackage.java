package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Names the npm package that holds the native client for a platform. Unlike the package for all platforms it needs no
 * Node.
 *
 * @param name its npm name
 * @param version the release of Claude Code
 * @param integrity the hash of its archive in npm's form; null for a release whose hash is not known
 */
public record ClaudePackage(
        String name, String version, @Nullable String integrity) {

    /** Returns a package with the hash of its archive, which is known for the pinned release only. */
    static ClaudePackage of(String name, String version) {
        Properties known = properties("integrity.properties");
        boolean pinned = version.equals(known.getProperty("version"));
        return new ClaudePackage(name, version, pinned ? known.getProperty(name) : null);
    }

    /** Returns the package for this machine. */
    public static ClaudePackage ofThisMachine() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Path.of("/"));
    }

    static ClaudePackage of(String system, String architecture, Path root) {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        String cpu =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> "";
                };
        if (cpu.isEmpty() || !(os.equals("darwin") || os.equals("linux"))) {
            throw Failure.unavailable("there is no Claude Code for " + system + " on " + architecture)
                    .hint("set " + ClaudeBinary.VARIABLE + " to a claude that runs here");
        }
        String musl = os.equals("linux") && isMusl(root) ? "-musl" : "";
        return of("@anthropic-ai/claude-code-" + os + "-" + cpu + musl, pinnedVersion());
    }

    /** Returns the release of Claude Code that this Katra installs and is tested with. */
    public static String pinnedVersion() {
        return Objects.requireNonNull(properties("claude-code.properties").getProperty("version"));
    }

    private static Properties properties(String resource) {
        var properties = new Properties();
        try (InputStream in = Objects.requireNonNull(ClaudePackage.class.getResourceAsStream(resource))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** Returns the package with its version, as npm's command line takes it. */
    String specification() {
        return name + "@" + version;
    }

    /** Returns the path of the client below the folder that npm installed into. */
    Path binaryIn(Path installation) {
        return installation.resolve("node_modules").resolve(name).resolve("claude");
    }

    private static boolean isMusl(Path root) {
        boolean musl = Files.exists(root.resolve("lib/ld-musl-x86_64.so.1"))
                || Files.exists(root.resolve("lib/ld-musl-aarch64.so.1"));
        boolean glibc = Files.exists(root.resolve("lib64/ld-linux-x86-64.so.2"))
                || Files.exists(root.resolve("lib/ld-linux-aarch64.so.1"));
        return musl && !glibc;
    }
}
