package dev.katra.core.memory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Joins the tags of memories. */
final class Tags {

    private Tags() {}

    /** Returns the tags of both without repeats, the first ones first, as many as a memory may have. */
    static List<String> union(List<String> first, List<String> more) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(more);
        return all.stream().limit(NewMemory.MAX_TAGS).toList();
    }
}
