package dev.katra.core.persona;

import dev.katra.core.failure.Failure;
import java.util.regex.Pattern;

/** The rule for names of personas. */
public final class PersonaName {

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private PersonaName() {}

    /**
     * Returns the name if it is one.
     *
     * @throws Failure INVALID otherwise
     */
    public static String require(String name) {
        if (PATTERN.matcher(name).matches()) {
            return name;
        }
        String asked = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        throw Failure.invalid("\"" + asked + "\" cannot be a persona's name")
                .hint("use 1 to 64 letters, digits, \"_\" or \"-\", beginning with a letter or a digit");
    }

    /** The nearest valid name to some other name, such as a login name; "human" if nothing of it can be used. */
    public static String from(String other) {
        String mapped = other.replaceAll("[^A-Za-z0-9_-]+", "-").replaceFirst("^[_-]+", "");
        mapped = mapped.substring(0, Math.min(64, mapped.length()));
        return mapped.isEmpty() ? "human" : mapped;
    }
}
