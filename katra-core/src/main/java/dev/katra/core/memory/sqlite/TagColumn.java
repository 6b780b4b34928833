package dev.katra.core.memory.sqlite;

import java.util.LinkedHashSet;
import java.util.List;

/** Converts the tags of a memory to and from their stored form, in which they are separated by blanks. */
final class TagColumn {

    private TagColumn() {}

    static List<String> of(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(" ", -1));
    }

    static String stored(List<String> tags) {
        return String.join(" ", new LinkedHashSet<>(tags));
    }
}
