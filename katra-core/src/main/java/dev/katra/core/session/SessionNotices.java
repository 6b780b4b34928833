package dev.katra.core.session;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * Keeps notices for the person in front of a session until the client can show them at the end of a turn. Each subject
 * is shown once in a session.
 */
@Component
public class SessionNotices {

    private static final int MAX_SESSIONS = 1_000;

    private final ConcurrentMap<Long, Notices> sessions = new ConcurrentHashMap<>();

    /** Keeps a notice for this session, unless there was one on this subject. */
    public void add(long session, String subject, String text) {
        if (sessions.size() >= MAX_SESSIONS) {
            sessions.clear();
        }
        sessions.computeIfAbsent(session, key -> new Notices()).add(subject, text);
    }

    /** Returns the notices that have come since the last call, one on each line; empty if there are none. */
    public String take(long session) {
        Notices notices = sessions.get(session);
        return notices == null ? "" : notices.take();
    }

    /** Keeps the notices of one session. */
    private static final class Notices {

        private final Set<String> subjects = new HashSet<>();
        private final Map<String, String> pending = new LinkedHashMap<>();

        synchronized void add(String subject, String text) {
            if (subjects.add(subject)) {
                pending.put(subject, text);
            }
        }

        synchronized String take() {
            String text = String.join("\n", pending.values());
            pending.clear();
            return text;
        }
    }
}
