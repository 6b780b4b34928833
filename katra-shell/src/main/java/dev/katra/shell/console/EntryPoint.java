package dev.katra.shell.console;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the script that starts Katra. */
public final class EntryPoint {

    private EntryPoint() {}

    /**
     * Returns the script that belongs to the jars that this runs from, as they lie in an installation or in a clone.
     */
    public static Optional<Path> find() {
        @Nullable CodeSource source = EntryPoint.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns the script that belongs to this jar. */
    static Optional<Path> of(Path jar) {
        return Stream.of("../katra", "../../../../katra")
                .map(jar.resolveSibling("")::resolve)
                .map(Path::normalize)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
