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
 * @param total the sum of the sessions whose use is known; null if that of none is
 * @param more how many further sessions there are behind the limit
 */
record UsageReport(List<Session> sessions, @Nullable UsageView total, long more) {

    /**
     * A Session is the usage of one session; its parts stand in the JSON as if they were its own fields.
     *
     * @param session its uid
     * @param launch what it was started with
     */
    record Session(
            String persona,
            String session,
            @JsonUnwrapped SessionUsage.Launch launch,
            @JsonUnwrapped Span span,
            @JsonUnwrapped Count count) {

        private static Session of(SessionUsage session) {
            return new Session(
                    session.persona(),
                    session.uid(),
                    session.launch(),
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
     * Holds what is known of a session's use.
     *
     * @param source {@code counted} by the gateway, or {@code reported} by the session's client
     * @param usage the sum over all models; null if nothing is known
     */
    record Count(
            String source,
            @Nullable UsageView usage,
            @Nullable List<Model> models) {

        private static Count of(SessionUsage session) {
            boolean known = session.isKnown();
            return new Count(
                    session.source().externalName(),
                    known ? UsageView.of(session.usage()) : null,
                    known ? session.models().stream().map(Model::of).toList() : null);
        }
    }

    /**
     * A Model is the usage of one model, under the endpoint's name of it.
     *
     * @param purpose what the requests were for: {@code conversation} with a person, a {@code wake} by mail, the work of a
     *     {@code sub-agent}, or {@code judgement} on tool calls
     * @param source {@code counted} or {@code reported}
     */
    record Model(String model, String provider, String purpose, String source, UsageView usage) {

        private static Model of(ModelUsage model) {
            return new Model(
                    model.task().model(),
                    model.task().provider(),
                    model.task().purpose().externalName(),
                    model.source().externalName(),
                    UsageView.of(model.usage()));
        }
    }

    static UsageReport of(List<SessionUsage> sessions, long more) {
        return new UsageReport(
                sessions.stream().map(Session::of).toList(),
                total(sessions).map(UsageView::of).orElse(null),
                more);
    }

    /** Returns the sum of the sessions whose use is known; empty if that of none is. */
    static Optional<Usage> total(List<SessionUsage> sessions) {
        return sessions.stream()
                .filter(SessionUsage::isKnown)
                .map(SessionUsage::usage)
                .reduce(Usage::plus);
    }
}
