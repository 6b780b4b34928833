package dev.katra.shell.session;

import dev.katra.core.session.PastSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PastRow is the last session of a persona that has none now, in {@code list --all}; also its form in {@code --json}.
 *
 * @param started when it was started
 * @param ended when it ended
 * @param reason why
 */
record PastRow(
        String persona,
        String provider,
        @Nullable String model,
        String route,
        String state,
        String folder,
        @Nullable String role,
        boolean isolated,
        Instant started,
        Instant ended,
        String reason) {

    static PastRow of(PastSession past) {
        Session session = past.session();
        return new PastRow(
                past.persona().name(),
                session.source().provider(),
                session.source().model(),
                session.source().route(),
                SessionState.ENDED.externalName(),
                session.folder(),
                session.purpose().role(),
                session.client().isolated(),
                session.lifetime().claimedAt(),
                Objects.requireNonNull(session.lifetime().endedAt()),
                Objects.requireNonNullElse(session.lifetime().endReason(), "-"));
    }
}
