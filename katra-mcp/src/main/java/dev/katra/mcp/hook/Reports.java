package dev.katra.mcp.hook;

import dev.katra.core.session.SessionService;
import dev.katra.mcp.client.HeldTasks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When each session's client has last reported something. Sessions that have ended are forgotten when new ones come. */
@Component
class Reports {

    /** The client reports nothing of a turn that a person has interrupted; waking it in a long one does no harm. */
    static final Duration QUIET = Duration.ofMinutes(2);

    /** A session's last report; to be locked while an event of the session is taken. */
    static final class Report {

        private volatile long at;

        Report(long at) {
            this.at = at;
        }
    }

    private final ConcurrentMap<Long, Report> reports = new ConcurrentHashMap<>();
    private final SessionService sessions;
    private final WokenTurns turns;
    private final HeldTasks tasks;
    private final long started;

    Reports(SessionService sessions, WokenTurns turns, HeldTasks tasks) {
        this.sessions = sessions;
        this.turns = turns;
        this.tasks = tasks;
        this.started = tasks.nanos();
    }

    /** Notes that the session's client has reported something. */
    Report heardOf(long session) {
        long now = tasks.nanos();
        @Nullable Report known = reports.get(session);
        if (known == null) {
            forgetEnded();
            known = reports.computeIfAbsent(session, id -> new Report(now));
        }
        known.at = now;
        return known;
    }

    /** Whether nothing has been reported for so long that a turn which seems to run may have been interrupted. */
    boolean quiet(long session) {
        return untilQuiet(session).compareTo(Duration.ZERO) <= 0;
    }

    /** How long it is till then, if nothing is reported. */
    Duration untilQuiet(long session) {
        @Nullable Report known = reports.get(session);
        return QUIET.minusNanos(tasks.nanos() - (known == null ? started : known.at));
    }

    /** How many sessions are remembered. */
    int count() {
        return reports.size();
    }

    private void forgetEnded() {
        Set<Long> live =
                sessions.live().stream().map(each -> each.session().id()).collect(Collectors.toSet());
        reports.keySet().retainAll(live);
        turns.keepOnly(live);
    }
}
