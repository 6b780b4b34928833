package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.mcp.client.HeldRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One session's waiter while it waits. It is asked to wake its session whenever something has changed that may count. */
final class Waiter {

    /** Less than the waiter waits for an answer: then it asks again, and a connection lost unseen is not waited on. */
    private static final Duration LONGEST = Duration.ofSeconds(50);

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Actor actor;
    private final long session;
    private final WaiterDesk desk;
    private final List<Future<?>> events = new ArrayList<>();
    private @Nullable HeldRequest held;
    private @Nullable Future<?> end;
    private boolean overtaken;

    Waiter(Actor actor, long session, WaiterDesk desk) {
        this.actor = actor;
        this.session = session;
        this.desk = desk;
    }

    synchronized void begin(HttpServletRequest request, HttpServletResponse response, Duration first) {
        held = HeldRequest.hold(request, response, desk.links(), this::over);
        end = desk.tasks().after(LONGEST, () -> end(HttpServletResponse.SC_NO_CONTENT));
        events.add(desk.tasks().after(first, this::look));
        if (overtaken) {
            held.answer(HttpServletResponse.SC_GONE, "", "");
        }
    }

    synchronized void end(int status) {
        if (held == null) {
            overtaken = true;
        } else {
            held.answer(status, "", "");
        }
    }

    private synchronized void look() {
        forget();
        if (held == null || held.ended()) {
            return;
        }
        CompletableFuture<Void> mail = desk.room().mail(actor.personaId());
        CompletableFuture<Void> change = desk.watch().next(session);
        events.add(mail);
        events.add(change);
        if (desk.turns().pending(session)) {
            events.add(desk.tasks().after(AGAIN, this::look));
        } else {
            switch (desk.wake().consider(session, desk.reports().quiet(session))) {
                case WAKE -> wake(held);
                case ENDED -> held.answer(HttpServletResponse.SC_GONE, "", "");
                case SPENT -> lookWhenTheBudgetAllows();
                case BUSY -> events.add(desk.tasks().after(untilQuiet(), this::look));
                case NO_MAIL -> {}
            }
        }
        desk.tasks().upon(mail, this::look);
        desk.tasks().upon(change, this::look);
    }

    private void wake(HeldRequest request) {
        desk.turns().woken(session);
        if (!request.answer(HttpServletResponse.SC_OK, "text/plain;charset=UTF-8", WokenTurns.TEXT)) {
            desk.turns().withdrawn(session);
            desk.wake().withdraw(session);
        }
    }

    /** A session that is quiet and busy all the same is still starting; then nothing but a change is to be expected. */
    private Duration untilQuiet() {
        Duration until = desk.reports().untilQuiet(session);
        return until.compareTo(Duration.ZERO) > 0 ? until : Reports.QUIET;
    }

    private void lookWhenTheBudgetAllows() {
        @Nullable Instant next = desk.wake().budget(session).nextAt();
        if (next != null) {
            Duration until = Duration.between(desk.clock().instant(), next).plusMillis(10);
            events.add(desk.tasks().after(until, this::look));
        }
    }

    /** Runs under the request's lock, so it takes no other. */
    private void over() {
        desk.leave(session, this);
        desk.tasks().now(this::release);
    }

    private synchronized void release() {
        forget();
        if (end != null) {
            end.cancel(false);
        }
    }

    private void forget() {
        events.forEach(event -> event.cancel(false));
        events.clear();
    }
}
