package dev.katra.mcp.hook;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import dev.katra.web.client.RequestScheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers when each session's client has last reported something, and which prompts it has worked at.
 */
@Component
class ClientReports {

    /**
     * The time without a report after which a turn counts as possibly interrupted: the client reports nothing of a turn
     * that a person has interrupted. Waking a session in a long turn does no harm.
     */
    static final Duration QUIET = Duration.ofMinutes(2);

    /**
     * Holds the time of a session's last report, and its prompts. It must be locked while an event of the session is
     * handled.
     */
    static final class SessionReport {

        /**
         * The maximum number of past prompts that are remembered; an event is late by a moment, not by more prompts
         * than this.
         */
        private static final int MAX_PAST_PROMPTS = 32;

        private final Set<String> past = new LinkedHashSet<>();
        private volatile long at;
        private @Nullable String prompt;
        private String asking = "";

        SessionReport(long at) {
            this.at = at;
        }

        /** Notes that this sub-agent asks a person for something. */
        void noteAsking(String agent) {
            asking = agent;
        }

        /** Returns whether this sub-agent is the last one that has asked a person, and forgets it. */
        boolean takeAsked(String agent) {
            boolean asked = !asking.isEmpty() && asking.equals(agent);
            if (asked) {
                asking = "";
            }
            return asked;
        }

        /** Notes that the model now works at this prompt; null if its id is not known. */
        void notePrompt(@Nullable String id) {
            if (prompt != null && !prompt.equals(id)) {
                past.add(prompt);
                if (past.size() > MAX_PAST_PROMPTS) {
                    past.remove(past.iterator().next());
                }
            }
            past.remove(id);
            prompt = id;
        }

        /**
         * Returns whether an event says nothing of what the session does now, because it belongs to a prompt before the
         * last. An event of a prompt that was not reported belongs to the newest: the server was away when that began.
         */
        boolean isPast(@Nullable String id) {
            if (id == null) {
                return false;
            }
            if (past.contains(id)) {
                return true;
            }
            notePrompt(id);
            return false;
        }
    }

    private final SessionScoped<SessionReport> reports;
    private final RequestScheduler tasks;
    private final long started;

    ClientReports(RequestScheduler tasks, SessionWatch watch) {
        this.reports = new SessionScoped<>(watch);
        this.tasks = tasks;
        this.started = tasks.nanos();
    }

    /** Notes that the session's client has reported something. */
    SessionReport record(long session) {
        long now = tasks.nanos();
        SessionReport known = reports.computeIfAbsent(session, () -> new SessionReport(now));
        known.at = now;
        return known;
    }

    /**
     * Returns whether nothing has been reported for so long that a turn which seems to run may have been interrupted.
     */
    boolean isQuiet(long session) {
        return untilQuiet(session).compareTo(Duration.ZERO) <= 0;
    }

    /** Returns the time until the session is quiet if nothing is reported; zero or negative if it is quiet already. */
    Duration untilQuiet(long session) {
        @Nullable SessionReport known = reports.get(session);
        return QUIET.minusNanos(tasks.nanos() - (known == null ? started : known.at));
    }

    /** Returns the number of sessions that are remembered. */
    int count() {
        return reports.size();
    }
}
