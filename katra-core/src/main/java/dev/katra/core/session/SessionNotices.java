package dev.katra.core.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps notices for the person in front of a session until the client can show them at the end of a turn. Each subject
 * is shown once in a session; what changes again and again is announced each time.
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

    /** Keeps a notice for this session, whatever has been said before. Of many that nobody has seen the latest are kept. */
    public void announce(long session, String text) {
        sessions.computeIfAbsent(session, Notices::new).announce(text);
    }

    /** Returns the notices that have come since the last call, one on each line; empty if there are none. */
    public String take(long session) {
        Notices notices = sessions.get(session);
        return notices == null ? "" : notices.take();
    }

    /** Keeps the notices of one session. */
    private static final class Notices {

        private static final int MAX_ANNOUNCED = 4;

        private final Set<String> subjects = new HashSet<>();
        private final List<String> pending = new ArrayList<>();
        private final Deque<String> announced = new ArrayDeque<>();

        synchronized void add(String subject, String text) {
            if (subjects.add(subject)) {
                pending.add(text);
            }
        }

        synchronized void announce(String text) {
            announced.addLast(text);
            if (announced.size() > MAX_ANNOUNCED) {
                announced.removeFirst();
            }
        }

        synchronized String take() {
            String text = Stream.concat(pending.stream(), announced.stream()).collect(Collectors.joining("\n"));
            pending.clear();
            announced.clear();
            return text;
        }
    }
}
