package dev.katra.shell.session;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.session.Lifetime;
import dev.katra.core.session.PastSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PastRow is the last session of a persona that has none now, in {@code list --all}; also its form in {@code --json},
 * where its parts stand as if they were its own fields.
 */
record PastRow(
        @JsonUnwrapped LiveRow.Identity identity,
        String state,
        @JsonUnwrapped Setup setup,
        @JsonUnwrapped Ending ending) {

    /** Says how a session was set up. */
    record Setup(String folder, @Nullable String role, boolean isolated) {}

    /**
     * Says from when to when a session lasted.
     *
     * @param started when it was started
     * @param ended when it ended
     * @param reason why
     */
    record Ending(Instant started, Instant ended, String reason) {

        private static Ending of(Lifetime lifetime) {
            return new Ending(
                    lifetime.claimedAt(),
                    Objects.requireNonNull(lifetime.endedAt()),
                    Objects.requireNonNullElse(lifetime.endReason(), "-"));
        }
    }

    static PastRow of(PastSession past) {
        Session session = past.session();
        return new PastRow(
                new LiveRow.Identity(past.persona().name(), session.source()),
                SessionState.ENDED.externalName(),
                new Setup(
                        session.folder(),
                        session.purpose().role(),
                        session.client().isolated()),
                Ending.of(session.lifetime()));
    }
}
