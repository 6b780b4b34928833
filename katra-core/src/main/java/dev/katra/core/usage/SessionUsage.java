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
 * @param models the usage by name of the model, purpose and source; empty also if nothing is known, which
 *     {@link #isKnown} tells
 */
public record SessionUsage(
        String uid,
        String persona,
        Launch launch,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<ModelUsage> models) {

    /**
     * Says with what the session was started.
     *
     * @param model the model with which the session was started; null for the provider's default
     * @param route how the provider was reached: direct, gateway or verbatim
     */
    public record Launch(String provider, @Nullable String model, String route) {}

    public SessionUsage {
        models = List.copyOf(models);
    }

    /**
     * Returns whether no usage means that nothing was used: not of a session that has ended past the gateway without
     * anything reported.
     */
    public boolean isKnown() {
        return !models.isEmpty() || endedAt == null || source() == UsageSource.COUNTED;
    }

    /** Returns where the session's figures come from. */
    public UsageSource source() {
        return UsageSource.onRoute(launch.route());
    }

    /** Returns the usage of all models together. */
    public Usage usage() {
        return models.stream().map(ModelUsage::usage).reduce(Usage.NONE, Usage::plus);
    }

    SessionUsage with(List<ModelUsage> found) {
        List<ModelUsage> byName = found.stream()
                .sorted(Comparator.comparing((ModelUsage each) -> each.task().model())
                        .thenComparing(each -> each.task().purpose())
                        .thenComparing(each -> each.task().provider())
                        .thenComparing(ModelUsage::source))
                .toList();
        return new SessionUsage(uid, persona, launch, startedAt, endedAt, byName);
    }
}
