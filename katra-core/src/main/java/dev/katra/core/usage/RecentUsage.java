package dev.katra.core.usage;

import java.util.List;

/**
 * The newest of the sessions that were asked for.
 *
 * @param sessions newest first
 * @param total how many there are besides, these included
 */
public record RecentUsage(List<SessionUsage> sessions, long total) {

    public RecentUsage {
        sessions = List.copyOf(sessions);
    }
}
