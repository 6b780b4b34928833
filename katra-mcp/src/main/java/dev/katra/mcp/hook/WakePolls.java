package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.wake.WakeListeners;
import dev.katra.core.wake.WakeService;
import dev.katra.web.client.RequestMonitor;
import dev.katra.web.client.RequestScheduler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the open request of each session's waiter, through which mail wakes the session. A session has one at most: a
 * newer waiter ends the older.
 */
@Component
public class WakePolls implements WakeListeners {

    /** The time that waiters have to come back after the server's start. */
    private static final Duration RECONNECT_TIME = Duration.ofSeconds(30);

    private final WakeService wake;
    private final RoomService room;
    private final SessionWatch watch;
    private final WokenTurns turns;
    private final ClientReports reports;
    private final RequestMonitor links;
    private final RequestScheduler tasks;
    private final Clock clock;
    private final ConcurrentMap<Long, WakePoll> open = new ConcurrentHashMap<>();
    private final long started;
    private volatile boolean stopping;

    WakePolls(
            WakeService wake,
            RoomService room,
            SessionWatch watch,
            WokenTurns turns,
            ClientReports reports,
            RequestMonitor links,
            RequestScheduler tasks,
            Clock clock) {
        this.wake = wake;
        this.room = room;
        this.watch = watch;
        this.turns = turns;
        this.reports = reports;
        this.links = links;
        this.tasks = tasks;
        this.clock = clock;
        this.started = tasks.nanos();
    }

    /** Returns whether mail can wake the session: it has a waiter, or is about to have one again. */
    @Override
    public boolean isListening(long sessionId) {
        return open.containsKey(sessionId)
                || turns.isPending(sessionId)
                || tasks.nanos() - started < RECONNECT_TIME.toNanos();
    }

    /** Returns whether the session has a waiter now. */
    boolean isOpen(long session) {
        return open.containsKey(session);
    }

    /** Holds a waiter's request, which looks for mail after this delay first, and ends the session's older waiter. */
    void hold(HttpServletRequest request, HttpServletResponse response, Actor actor, Duration first) {
        long session = Objects.requireNonNull(actor.sessionId());
        WakePoll waiter = new WakePoll(actor, session, this);
        @Nullable WakePoll older = open.put(session, waiter);
        if (older != null) {
            older.end(HttpServletResponse.SC_GONE);
        }
        waiter.begin(request, response, first);
        if (stopping) {
            waiter.end(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    void remove(long session, WakePoll waiter) {
        open.remove(session, waiter);
    }

    /** Ends the requests of all waiters; they come back when the server does. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        open.values().forEach(waiter -> waiter.end(HttpServletResponse.SC_NO_CONTENT));
    }

    WakeService wake() {
        return wake;
    }

    RoomService room() {
        return room;
    }

    SessionWatch watch() {
        return watch;
    }

    WokenTurns turns() {
        return turns;
    }

    ClientReports reports() {
        return reports;
    }

    RequestMonitor links() {
        return links;
    }

    RequestScheduler tasks() {
        return tasks;
    }

    Clock clock() {
        return clock;
    }
}
