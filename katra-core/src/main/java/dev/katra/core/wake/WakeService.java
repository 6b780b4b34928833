package dev.katra.core.wake;

import dev.katra.core.room.MailNotices;
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

    /** The maximum number of turns that one write clears. */
    private static final int CLEARED_PER_WRITE = 500;

    private final SessionService sessions;
    private final RoomService room;
    private final MailNotices announcements;
    private final AutomaticTurns turns;
    private final WakeSettings settings;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    WakeService(
            SessionService sessions,
            RoomService room,
            MailNotices announcements,
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
     * Decides whether to wake the session now; if so, a turn of its budget is used.
     *
     * @param quiet true if the client has reported nothing for long: then a turn that seems to run counts as over, for
     *     the client tells nobody that a person has interrupted it, and starts a new turn only after one that runs
     */
    public WakeOutcome tryCharge(long sessionId, boolean quiet) {
        WakeOutcome outcome = reads.run(() -> decide(sessionId, quiet));
        return outcome != WakeOutcome.WAKE
                ? outcome
                : writes.run(() -> {
                    WakeOutcome now = decide(sessionId, quiet);
                    if (now == WakeOutcome.WAKE) {
                        turns.add(sessionId, clock.instant());
                        announcements.forget(sessionId);
                    }
                    return now;
                });
    }

    private WakeOutcome decide(long sessionId, boolean quiet) {
        Optional<Session> session = sessions.find(sessionId).filter(Session::live);
        if (session.isEmpty()) {
            return WakeOutcome.ENDED;
        }
        long persona = session.get().personaId();
        WakePolicy policy = session.get().purpose().wake();
        if (!room.hasWakingMail(persona, policy) || wokenInVain(sessionId, persona, policy)) {
            return WakeOutcome.NO_MAIL;
        }
        SessionState state = session.get().progress().state();
        if (state != SessionState.IDLE && !(quiet && state == SessionState.WORKING)) {
            return WakeOutcome.BUSY;
        }
        return budget(sessionId).isSpent() ? WakeOutcome.SPENT : WakeOutcome.WAKE;
    }

    /**
     * Gives back the turn that {@link #tryCharge} has charged, because the session could not be told that it is woken.
     */
    public void refundTurn(long sessionId) {
        writes.run(() -> turns.removeLatest(sessionId));
    }

    /** Returns whether the last turn that was started only told of the mail, and the session did not ask for it. */
    private boolean wokenInVain(long sessionId, long persona, WakePolicy policy) {
        return announcements.coversMail(sessionId, persona, policy)
                && !turns.startedSince(sessionId, Instant.EPOCH).isEmpty();
    }

    /** Returns how much of its budget the session has used. */
    public WakeBudget budget(long sessionId) {
        return budget(
                reads.run(() -> turns.startedSince(sessionId, clock.instant().minus(WINDOW))));
    }

    /** Returns how much of its budget each of these sessions has used. */
    public Map<Long, WakeBudget> budgets(Collection<Long> sessionIds) {
        Map<Long, List<Instant>> started =
                reads.run(() -> turns.startedSince(sessionIds, clock.instant().minus(WINDOW)));
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

    /** Makes the budget of the session whole again: a person has written to it, or wants it to go on. */
    public void resetBudget(long sessionId) {
        boolean used =
                reads.run(() -> !turns.startedSince(sessionId, Instant.EPOCH).isEmpty());
        if (used) {
            while (writes.run(() -> clear(sessionId)) == CLEARED_PER_WRITE) {
                // others write between
            }
        }
    }

    private int clear(long sessionId) {
        sessions.notifyChanged(sessionId);
        return turns.clear(sessionId, CLEARED_PER_WRITE);
    }
}
