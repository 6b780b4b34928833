package dev.katra.core.usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the usage of one model in a session, for one purpose and of one source. */
public record ModelUsage(ModelTask task, UsageSource source, Usage usage) {

    private record Key(ModelTask task, UsageSource source) {}

    /** Returns one usage for each model, purpose and source, in a list that may be changed. */
    static List<ModelUsage> united(List<ModelUsage> all) {
        Map<Key, ModelUsage> united = new LinkedHashMap<>();
        for (ModelUsage each : all) {
            united.merge(
                    new Key(each.task, each.source),
                    each,
                    (one, other) -> new ModelUsage(one.task, one.source, one.usage.plus(other.usage)));
        }
        return new ArrayList<>(united.values());
    }
}
