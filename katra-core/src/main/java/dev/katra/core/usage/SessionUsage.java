package dev.katra.core.usage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the usage of a session.
 *
 * @param uid of the session
 * @param persona the name of its persona
 * @param endedAt null while it lives
 * @param models the usage that was counted, by name of the model and purpose; empty also if none can be counted, which
 *     {@link #isCounted} tells
 */
public record SessionUsage(
        String uid,
        String persona,
        Source source,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<ModelUsage> models) {

    /**
     * Names what answered the session.
     *
     * @param model the model with which the session was started; null for the provider's default
     * @param route how the provider was reached: direct, gateway or verbatim
     */
    public record Source(String provider, @Nullable String model, String route) {}

    public SessionUsage {
        models = List.copyOf(models);
    }

    /** Returns whether its requests pass through the gateway, so that no usage means that nothing was used. */
    public boolean isCounted() {
        return UsageService.passesGateway(source.route());
    }

    /** Returns the usage of all models together. */
    public Usage usage() {
        return models.stream().map(ModelUsage::usage).reduce(Usage.NONE, Usage::plus);
    }

    SessionUsage with(List<ModelUsage> found) {
        List<ModelUsage> byName = found.stream()
                .sorted(Comparator.comparing(ModelUsage::model).thenComparing(ModelUsage::purpose))
                .toList();
        return new SessionUsage(uid, persona, source, startedAt, endedAt, byName);
    }
}
