package dev.katra.core.wake;

import dev.katra.core.room.Announcements;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Decides whether an idle session is woken: there is mail that its policy wakes it for, and it has not used up the turns
 * that it may have without a person. How it is woken is not decided here.
 */
@Service
public class WakeService {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final SessionService sessions;
    private final RoomService room;
    private final Announcements announcements;
    private final AutomaticTurns turns;
    private final WakeSettings settings;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    WakeService(
            SessionService sessions,
            RoomService room,
            Announcements announcements,
            AutomaticTurns turns,
            WakeSettings settings,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.sessions = sessions;
        this.room = room;
        this.announcements = announcements;
        this.turns = turns;
        this.settings = settings;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Whether to wake the session now; if so, a turn of its budget is used.
     *
     * @param quiet whether nothing has been heard of it for long: then a turn that seems to run counts as over, for the
     *     client tells nobody that a person has interrupted it, and starts a new turn only after one that runs
     */
    public WakeOutcome consider(long sessionId, boolean quiet) {
        WakeOutcome outcome = reads.run(() -> look(sessionId, quiet));
        return outcome != WakeOutcome.WAKE
                ? outcome
                : writes.run(() -> {
                    WakeOutcome now = look(sessionId, quiet);
                    if (now == WakeOutcome.WAKE) {
                        turns.add(sessionId, now());
                        announcements.forget(sessionId);
                    }
                    return now;
                });
    }

    private WakeOutcome look(long sessionId, boolean quiet) {
        Optional<Session> session = sessions.find(sessionId).filter(Session::live);
        if (session.isEmpty()) {
            announcements.forget(sessionId);
            return WakeOutcome.ENDED;
        }
        long persona = session.get().personaId();
        WakePolicy policy = session.get().wake();
        if (!room.wakes(persona, policy) || wokenInVain(sessionId, persona, policy)) {
            return WakeOutcome.NO_MAIL;
        }
        SessionState state = session.get().state();
        if (state != SessionState.IDLE && !(quiet && state != SessionState.STARTING)) {
            return WakeOutcome.BUSY;
        }
        return budget(sessionId).spent() ? WakeOutcome.SPENT : WakeOutcome.WAKE;
    }

    /** The session could not be told that it is woken: the turn that {@link #consider} has charged is given back. */
    public void withdraw(long sessionId) {
        writes.run(() -> turns.removeLatest(sessionId));
    }

    /** Whether the last turn that was started only told of the mail, and the session did not ask for it. */
    private boolean wokenInVain(long sessionId, long persona, WakePolicy policy) {
        return announcements.cover(sessionId, persona, policy)
                && !turns.since(sessionId, Instant.EPOCH).isEmpty();
    }

    /** What the session has used of its budget. */
    public WakeBudget budget(long sessionId) {
        return budget(reads.run(() -> turns.since(sessionId, now().minus(WINDOW))));
    }

    /** What each of these sessions has used of its budget. */
    public Map<Long, WakeBudget> budgets(Collection<Long> sessionIds) {
        Map<Long, List<Instant>> started = reads.run(() -> turns.since(sessionIds, now().minus(WINDOW)));
        return sessionIds.stream()
                .collect(Collectors.toMap(
                        Function.identity(), session -> budget(started.getOrDefault(session, List.of()))));
    }

    private WakeBudget budget(List<Instant> started) {
        int limit = settings.turnsPerHour();
        return new WakeBudget(
                started.size(),
                limit,
                started.size() < limit
                        ? null
                        : started.get(started.size() - limit).plus(WINDOW));
    }

    /** A person has written to the session, or wants it to go on: its budget is whole again. */
    public void renew(long sessionId) {
        boolean used = reads.run(() -> !turns.since(sessionId, Instant.EPOCH).isEmpty());
        if (used) {
            writes.run(() -> {
                boolean cleared = turns.clear(sessionId);
                sessions.touch(sessionId);
                return cleared;
            });
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
