package dev.katra.shell.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
     * A Session is the usage of one session; its parts stand in the JSON as if they were its own fields.
     *
     * @param session its uid
     * @param source what it was started with
     */
    record Session(
            String persona,
            String session,
            @JsonUnwrapped SessionUsage.Source source,
            @JsonUnwrapped Span span,
            @JsonUnwrapped Count count) {

        private static Session of(SessionUsage session) {
            return new Session(
                    session.persona(),
                    session.uid(),
                    session.source(),
                    new Span(session.startedAt(), session.endedAt()),
                    Count.of(session));
        }
    }

    /**
     * Says from when to when a session lasted.
     *
     * @param ended null while it lives
     */
    record Span(Instant started, @Nullable Instant ended) {}

    /**
     * Holds what was counted of a session.
     *
     * @param counted false if its requests do not pass through the gateway; then nothing is known of its usage
     * @param usage the sum over all models
     */
    record Count(
            boolean counted,
            @Nullable UsageView usage,
            @Nullable List<Model> models) {

        private static Count of(SessionUsage session) {
            boolean counted = session.isCounted();
            return new Count(
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
