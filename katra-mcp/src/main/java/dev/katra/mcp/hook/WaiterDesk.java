package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.wake.Listening;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.client.HeldTasks;
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

/** Where sessions wait to be woken: one seat for each, and a newer waiter takes it from the older. */
@Component
public class WaiterDesk implements Listening {

    /** How long waiters are given to come back after the server's start. */
    private static final Duration RETURN = Duration.ofSeconds(30);

    private final WakeService wake;
    private final RoomService room;
    private final SessionWatch watch;
    private final WokenTurns turns;
    private final Reports reports;
    private final ClientLinks links;
    private final HeldTasks tasks;
    private final Clock clock;
    private final ConcurrentMap<Long, Waiter> seats = new ConcurrentHashMap<>();
    private final long started;
    private volatile boolean stopping;

    WaiterDesk(
            WakeService wake,
            RoomService room,
            SessionWatch watch,
            WokenTurns turns,
            Reports reports,
            ClientLinks links,
            HeldTasks tasks,
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

    /** Whether mail can wake the session: it has a waiter, or is about to have one again. */
    @Override
    public boolean listening(long sessionId) {
        return seats.containsKey(sessionId) || turns.pending(sessionId) || tasks.nanos() - started < RETURN.toNanos();
    }

    /** Whether a waiter of the session is here now. */
    boolean seated(long session) {
        return seats.containsKey(session);
    }

    /** Seats a waiter that looks for mail after this time first. */
    void seat(HttpServletRequest request, HttpServletResponse response, Actor actor, Duration first) {
        long session = Objects.requireNonNull(actor.sessionId());
        Waiter waiter = new Waiter(actor, session, this);
        @Nullable Waiter older = seats.put(session, waiter);
        if (older != null) {
            older.end(HttpServletResponse.SC_GONE);
        }
        waiter.begin(request, response, first);
        if (stopping) {
            waiter.end(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    void leave(long session, Waiter waiter) {
        seats.remove(session, waiter);
    }

    /** Sends all waiters away; they come back when the server does. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        seats.values().forEach(waiter -> waiter.end(HttpServletResponse.SC_NO_CONTENT));
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

    Reports reports() {
        return reports;
    }

    ClientLinks links() {
        return links;
    }

    HeldTasks tasks() {
        return tasks;
    }

    Clock clock() {
        return clock;
    }
}
