package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells a home from a copy of it: a file in the home holds a random id and the path at which the home was last served.
 * A home that was moved takes its sessions along; a copy beside its original has none, for they are the original's.
 */
public final class HomeIdentity {

    /** The name of the file in the home that holds the identity. */
    public static final String NAME = "identity";

    private HomeIdentity() {}

    private record Mark(String id, Path place) {}

    /** Returns whether a server has opened this home before, or the home of which it is a copy. */
    public static boolean wasServed(KatraHome home) {
        return Files.exists(home.root().resolve(NAME));
    }

    /**
     * Returns the home of which this one is a copy, as long as that is still in its place; empty for any other home.
     *
     * @throws Failure UNAVAILABLE if one of the two cannot be read
     */
    public static Optional<Path> original(KatraHome home) {
        return read(home.root()).flatMap(mark -> read(mark.place())
                .filter(other -> other.id().equals(mark.id()) && !same(mark.place(), home.root()))
                .map(other -> mark.place()));
    }

    /**
     * Gives the home an identity of its own at its present path. A home that is not a copy keeps its id.
     *
     * @throws Failure UNAVAILABLE if that cannot be read or written
     */
    public static void claim(KatraHome home) {
        String word = read(home.root())
                .filter(mark -> original(home).isEmpty())
                .map(Mark::id)
                .orElseGet(() -> UUID.randomUUID().toString());
        try {
            Path real = home.root().toRealPath();
            if (read(real).equals(Optional.of(new Mark(word, real)))) {
                return;
            }
            PrivateFiles.write(real.resolve(NAME), word + "\n" + real + "\n");
        } catch (IOException e) {
            throw Failure.unavailable("cannot find " + home.root())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static Optional<Mark> read(Path root) {
        try {
            List<String> lines = new String(Files.readAllBytes(root.resolve(NAME)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.size() == 2 ? Optional.of(new Mark(lines.get(0), Path.of(lines.get(1)))) : Optional.empty();
        } catch (NoSuchFileException | AccessDeniedException | InvalidPathException e) {
            return Optional.empty(); // there is none, or it is somebody else's
        } catch (IOException e) {
            if (isBelowAFile(root)) {
                return Optional.empty(); // what was the folder of a home, or one above it, is a file now
            }
            throw Failure.unavailable("cannot read " + root.resolve(NAME) + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static boolean isBelowAFile(Path root) {
        Path place = root;
        while (place != null && !Files.isDirectory(place)) {
            if (Files.isRegularFile(place)) {
                return true;
            }
            place = place.getParent();
        }
        return false;
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
