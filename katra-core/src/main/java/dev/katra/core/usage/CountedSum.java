package dev.katra.core.usage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the usage of counted requests together with their ids, so that both are stored in one write.
 *
 * @param ids the ids of those requests that have one; null for none
 */
record CountedSum(Usage usage, @Nullable Ids ids) {

    /** The ids of requests, in a chain to which one is added without a copy. */
    record Ids(String id, @Nullable Ids more) {}

    /** Returns the sum of one request. */
    static CountedSum of(Usage usage, @Nullable String id) {
        return new CountedSum(usage, id == null ? null : new Ids(id, null));
    }

    CountedSum plus(CountedSum more) {
        Ids all = ids;
        for (Ids each = more.ids; each != null; each = each.more()) {
            all = new Ids(each.id(), all);
        }
        return new CountedSum(usage.plus(more.usage), all);
    }

    /** Returns the ids in no particular order. */
    List<String> list() {
        List<String> list = new ArrayList<>();
        for (Ids each = ids; each != null; each = each.more()) {
            list.add(each.id());
        }
        return list;
    }
}
