package dev.katra.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Names the process of a session.
 *
 * @param pid null until the process is known
 * @param pidMark the mark that tells the process from a later one with the same pid
 * @param pidStartedAt when the process started, if an older version noted it; the clock may have been set since
 */
public record SessionProcess(
        @Nullable Long pid,
        @Nullable String pidMark,
        @Nullable Instant pidStartedAt) {}
