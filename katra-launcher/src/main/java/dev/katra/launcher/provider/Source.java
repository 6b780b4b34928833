package dev.katra.launcher.provider;

import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.origin.Origin;

/**
 * Where a value comes from, for a person to go and change it.
 *
 * @param kind which layer it belongs to
 * @param text the place in it: file and line, variable, option
 */
public record Source(Kind kind, String text) implements Origin {

    /** The layers, the later over the earlier. */
    public enum Kind {
        /** The {@code providers.conf} that Katra ships. */
        SHIPPED,
        /** The user's {@code providers.conf}. */
        FILE,
        /** An environment variable of the caller. */
        VARIABLE,
        /** An option of the command line. */
        OPTION,
        /** Taken over as it was from the caller's environment. */
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

    /** A variable of the caller's environment. */
    public static Source variable(String name) {
        return new Source(Kind.VARIABLE, name);
    }

    /** An option of the command line, such as {@code --model}. */
    public static Source option(String name) {
        return new Source(Kind.OPTION, name);
    }

    /** The caller's environment, unchanged. */
    public static Source inherited() {
        return new Source(Kind.INHERITED, "your environment");
    }

    /** Katra, which sets this for every session of the kind. */
    public static Source katra() {
        return new Source(Kind.KATRA, "katra");
    }

    @Override
    public String toString() {
        return text;
    }
}
