package dev.katra.launcher.provider;

import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.origin.Origin;

/**
 * Names the place that a value comes from, so that a person can go and change it.
 *
 * @param kind the layer of the value
 * @param text the place in the layer: file and line, variable, or option
 */
public record Source(Kind kind, String text) implements Origin {

    /** Names the layers, in which the later overrides the earlier. */
    public enum Kind {
        /** The {@code providers.conf} that Katra ships. */
        SHIPPED,
        /** The user's {@code providers.conf}. */
        FILE,
        /** An environment variable of the caller. */
        VARIABLE,
        /** An option of the command line. */
        OPTION,
        /** The caller's environment, taken over unchanged. */
        INHERITED,
        /** Katra itself. */
        KATRA
    }

    public Source {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(text, "text is null");
    }

    static Source shipped(int line) {
        return new Source(Kind.SHIPPED, "shipped providers.conf:" + line);
    }

    static Source file(Path file, int line) {
        return new Source(Kind.FILE, file + ":" + line);
    }

    /** Returns the source of a value from a variable of the caller's environment. */
    public static Source variable(String name) {
        return new Source(Kind.VARIABLE, name);
    }

    /** Returns the source of a value from an option of the command line, such as {@code --model}. */
    public static Source option(String name) {
        return new Source(Kind.OPTION, name);
    }

    /** Returns the source of a variable that is taken over unchanged from the caller's environment. */
    public static Source inherited() {
        return new Source(Kind.INHERITED, "your environment");
    }

    /** Returns the source of a value that Katra itself sets. */
    public static Source katra() {
        return new Source(Kind.KATRA, "katra");
    }

    @Override
    public String toString() {
        return text;
    }
}
