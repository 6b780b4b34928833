package dev.katra.core.usage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session and what it has used.
 *
 * @param uid of the session
 * @param persona its name
 * @param model what the session was started with; null for the provider's default
 * @param endedAt null while it lives
 * @param models what was counted, by name of the model; empty also if nothing can be, which {@link #counted} tells
 */
public record SessionUsage(
        String uid,
        String persona,
        String provider,
        @Nullable String model,
        String route,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<ModelUsage> models) {

    public SessionUsage {
        models = List.copyOf(models);
    }

    /** Whether its requests pass through the gateway, so that no usage means that nothing was used. */
    public boolean counted() {
        return UsageService.counts(route);
    }

    /** Over all models. */
    public Usage usage() {
        return models.stream().map(ModelUsage::usage).reduce(Usage.NONE, Usage::plus);
    }

    SessionUsage with(List<ModelUsage> found) {
        List<ModelUsage> byName =
                found.stream().sorted(Comparator.comparing(ModelUsage::model)).toList();
        return new SessionUsage(uid, persona, provider, model, route, startedAt, endedAt, byName);
    }
}
