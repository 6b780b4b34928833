package dev.katra.core.memory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Converts the tags of a memory to and from their stored form, in which they are separated by blanks. */
final class Tags {

    private Tags() {}

    static List<String> of(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(" ", -1));
    }

    static String stored(List<String> tags) {
        return String.join(" ", new LinkedHashSet<>(tags));
    }

    /** Returns the tags of both without repeats, the first ones first, as many as a memory may have. */
    static List<String> union(List<String> first, List<String> more) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(more);
        return all.stream().limit(NewMemory.MAX_TAGS).toList();
    }
}
