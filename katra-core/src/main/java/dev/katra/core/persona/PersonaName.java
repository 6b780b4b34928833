package dev.katra.core.persona;

import dev.katra.core.failure.Failure;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks names of personas. */
public final class PersonaName {

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** The reserved names in lower case, each with its meaning. */
    private static final Map<String, String> RESERVED = Map.of(
            "katra", "it is Katra's own name",
            "all", "it means everybody",
            "everyone", "it means everybody",
            "room", "it means everybody in the room");

    private PersonaName() {}

    /**
     * Returns the name if it is a valid one.
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

    /**
     * Returns the name if a new persona can have it.
     *
     * @throws Failure INVALID if it is not a valid name, or is reserved, in upper or lower case
     */
    public static String requireNew(String name) {
        String meaning = RESERVED.get(require(name).toLowerCase(Locale.ROOT));
        if (meaning != null) {
            throw Failure.invalid("\"" + name + "\" cannot be a persona's name: " + meaning)
                    .hint("choose another name, such as " + unreserved(name));
        }
        return name;
    }

    /** Returns the name, or one like it if a new persona cannot have it because it is reserved. */
    public static String unreserved(String name) {
        return RESERVED.containsKey(name.toLowerCase(Locale.ROOT)) ? name + "-1" : name;
    }

    /**
     * Returns the nearest valid name to some other name, such as a login name; "human" if nothing of it can be used.
     */
    public static String from(String other) {
        String mapped = other.replaceAll("[^A-Za-z0-9_-]+", "-").replaceFirst("^[_-]+", "");
        mapped = mapped.substring(0, Math.min(64, mapped.length()));
        return mapped.isEmpty() ? "human" : mapped;
    }
}
