package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.web.client.HeldRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open request of one session's waiter. It checks whether to wake its session whenever something has changed
 * that may matter.
 */
final class WakePoll {

    /**
     * The maximum time for which the request is held. It is less than the waiter script waits, which then asks again,
     * so that nobody waits on a connection that is lost unseen.
     */
    private static final Duration MAX_HOLD = Duration.ofSeconds(50);

    private static final Duration PENDING_RECHECK = Duration.ofSeconds(10);

    private final Actor actor;
    private final long session;
    private final WakePolls polls;
    private final List<Future<?>> events = new ArrayList<>();
    private @Nullable HeldRequest held;
    private @Nullable Future<?> end;
    private boolean superseded;

    WakePoll(Actor actor, long session, WakePolls polls) {
        this.actor = actor;
        this.session = session;
        this.polls = polls;
    }

    synchronized void begin(HttpServletRequest request, HttpServletResponse response, Duration first) {
        held = HeldRequest.hold(request, response, polls.links(), this::requestEnded);
        end = polls.tasks().schedule(MAX_HOLD, () -> end(HttpServletResponse.SC_NO_CONTENT));
        events.add(polls.tasks().schedule(first, this::check));
        if (superseded) {
            held.answer(HttpServletResponse.SC_GONE, "", "");
        }
    }

    synchronized void end(int status) {
        if (held == null) {
            superseded = true;
        } else {
            held.answer(status, "", "");
        }
    }

    private synchronized void check() {
        cancelEvents();
        if (held == null || held.hasEnded()) {
            return;
        }
        CompletableFuture<Void> mail = polls.room().nextMail(actor.personaId());
        CompletableFuture<Void> change = polls.watch().nextChange(session);
        events.add(mail);
        events.add(change);
        if (polls.turns().isPending(session)) {
            events.add(polls.tasks().schedule(PENDING_RECHECK, this::check));
        } else {
            switch (polls.wake().tryCharge(session, polls.reports().isQuiet(session))) {
                case WAKE -> wake(held);
                case ENDED -> held.answer(HttpServletResponse.SC_GONE, "", "");
                case SPENT -> checkWhenBudgetAllows();
                case BUSY -> events.add(polls.tasks().schedule(untilQuiet(), this::check));
                case NO_MAIL -> {}
            }
        }
        polls.tasks().executeWhenDone(mail, this::check);
        polls.tasks().executeWhenDone(change, this::check);
    }

    private void wake(HeldRequest request) {
        polls.turns().noteWake(session);
        if (!request.answer(HttpServletResponse.SC_OK, "text/plain;charset=UTF-8", WokenTurns.WAKE_TEXT)) {
            polls.turns().withdraw(session);
            polls.wake().refundTurn(session);
        }
    }

    /**
     * Returns the time until the next check of a busy session. One that is quiet and busy all the same is still
     * starting; then only a change is to be expected.
     */
    private Duration untilQuiet() {
        Duration until = polls.reports().untilQuiet(session);
        return until.compareTo(Duration.ZERO) > 0 ? until : ClientReports.QUIET;
    }

    private void checkWhenBudgetAllows() {
        @Nullable Instant next = polls.wake().budget(session).nextAt();
        if (next != null) {
            Duration until = Duration.between(polls.clock().instant(), next).plusMillis(10);
            events.add(polls.tasks().schedule(until, this::check));
        }
    }

    /** Removes this waiter. It runs under the request's lock, so it takes no other. */
    private void requestEnded() {
        polls.remove(session, this);
        polls.tasks().execute(this::release);
    }

    private synchronized void release() {
        cancelEvents();
        if (end != null) {
            end.cancel(false);
        }
    }

    private void cancelEvents() {
        events.forEach(event -> event.cancel(false));
        events.clear();
    }
}
