package dev.katra.core.session;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Keeps notices for the person in front of a session until the client can show them at the end of a turn. Each subject
 * is shown once in a session.
 */
@Component
public class SessionNotices {

    private final SessionScoped<Notices> sessions;

    SessionNotices(SessionWatch watch) {
        this.sessions = new SessionScoped<>(watch);
    }

    /** Keeps a notice for this session, unless there was one on this subject. */
    public void add(long session, String subject, String text) {
        sessions.computeIfAbsent(session, Notices::new).add(subject, text);
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
