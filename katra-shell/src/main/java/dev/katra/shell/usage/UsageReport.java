package dev.katra.shell.usage;

import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A UsageReport is what sessions have used, for {@code --json}.
 *
 * @param total the sum of the sessions that are counted; null if none is
 * @param more how many further sessions there are behind the limit
 */
record UsageReport(List<Session> sessions, @Nullable UsageView total, long more) {

    /**
     * A Session is the usage of one session.
     *
     * @param session its uid
     * @param model what it was started with
     * @param ended null while it lives
     * @param counted false if its requests do not pass through the gateway; then nothing is known of its usage
     * @param usage the sum over all models
     */
    record Session(
            String persona,
            String session,
            String provider,
            @Nullable String model,
            String route,
            Instant started,
            @Nullable Instant ended,
            boolean counted,
            @Nullable UsageView usage,
            @Nullable List<Model> models) {

        private static Session of(SessionUsage session) {
            boolean counted = session.isCounted();
            return new Session(
                    session.persona(),
                    session.uid(),
                    session.source().provider(),
                    session.source().model(),
                    session.source().route(),
                    session.startedAt(),
                    session.endedAt(),
                    counted,
                    counted ? UsageView.of(session.usage()) : null,
                    counted ? session.models().stream().map(Model::of).toList() : null);
        }
    }

    /**
     * A Model is the usage of one model, under the endpoint's name of it.
     *
     * @param purpose what the requests were for: {@code conversation}, or {@code judgement} on tool calls
     */
    record Model(String model, String purpose, UsageView usage) {

        private static Model of(ModelUsage model) {
            return new Model(model.model(), model.purpose().externalName(), UsageView.of(model.usage()));
        }
    }

    static UsageReport of(List<SessionUsage> sessions, long more) {
        return new UsageReport(
                sessions.stream().map(Session::of).toList(),
                total(sessions).map(UsageView::of).orElse(null),
                more);
    }

    /** Returns the sum of the sessions that are counted; empty if none is. */
    static Optional<Usage> total(List<SessionUsage> sessions) {
        return sessions.stream()
                .filter(SessionUsage::isCounted)
                .map(SessionUsage::usage)
                .reduce(Usage::plus);
    }
}
