package dev.katra.shell.semantic;

import dev.katra.core.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** An Artifact is a jar of a Maven repository, with its size in bytes and its checksum. */
record Artifact(String group, String name, String version, long bytes, String sha256) {

    private static final String LOCK = "/katra/semantic.lock";

    /** Returns all artifacts that are needed, as the lock file lists them: the model's, then the runtime's. */
    static List<Artifact> all() {
        try (InputStream lock = Artifact.class.getResourceAsStream(LOCK)) {
            if (lock == null) {
                throw new IllegalStateException("there is no " + LOCK);
            }
            return new String(lock.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Artifact::of)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Artifact of(String line) {
        String[] words = line.split(" ", 3);
        String[] names = words[0].split(":", 3);
        return new Artifact(names[0], names[1], names[2], Long.parseLong(words[1]), words[2]);
    }

    /** Returns the coordinates, as Maven writes them. */
    String coordinates() {
        return group + ":" + name + ":" + version;
    }

    String file() {
        return name + "-" + version + ".jar";
    }

    /** Returns the path of the artifact in a repository. */
    String path() {
        return group.replace('.', '/') + "/" + name + "/" + version + "/" + file();
    }

    String size() {
        return Math.round(bytes / 1e6) + " MB";
    }

    /** Returns whether this file is the artifact, by its size and checksum. */
    boolean matchesFile(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
            return false;
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return matches(digest);
    }

    boolean matches(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }
}
