package dev.katra.core.usage;

import java.util.List;

/**
 * Holds the newest of the sessions that were asked for.
 *
 * @param sessions newest first
 * @param total the number of all sessions that match, these included
 */
public record RecentUsage(List<SessionUsage> sessions, long total) {

    public RecentUsage {
        sessions = List.copyOf(sessions);
    }
}
