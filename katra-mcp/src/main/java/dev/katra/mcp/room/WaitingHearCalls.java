package dev.katra.mcp.room;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.web.client.HeldRequest;
import dev.katra.web.client.RequestMonitor;
import dev.katra.web.client.RequestScheduler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Holds the calls of {@code katra_hear} that wait, each until mail comes, its time is over, its client gives up, or the
 * server stops.
 */
@Component
class WaitingHearCalls {

    /** Identifies a call in a cancellation. */
    record HearCallId(long session, String call) {}

    private final RoomService room;
    private final RequestMonitor links;
    private final RequestScheduler tasks;
    private final Set<HearCall> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    WaitingHearCalls(RoomService room, RequestMonitor links, RequestScheduler tasks) {
        this.room = room;
        this.links = links;
        this.tasks = tasks;
    }

    void hold(HttpServletRequest request, HttpServletResponse response, Actor actor, HearCallId id, Duration longest) {
        HearCall hear = new HearCall(actor.personaId(), id);
        waiting.add(hear);
        HeldRequest held = HeldRequest.hold(request, response, links, hear::requestEnded);
        hear.begin(held, longest);
        if (stopping) {
            held.dispatch();
        }
    }

    void cancel(HearCallId id) {
        waiting.stream().filter(hear -> hear.id.equals(id)).forEach(HearCall::cancel);
    }

    /** Returns the number of calls that wait. */
    int count() {
        return waiting.size();
    }

    /** Lets all calls go on to the tool, because the server stops only when they have their answers. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        waiting.forEach(HearCall::dispatch);
    }

    private final class HearCall {

        private final long persona;
        private final HearCallId id;
        private @Nullable HeldRequest held;
        private @Nullable Future<?> end;
        private @Nullable CompletableFuture<Void> mail;

        HearCall(long persona, HearCallId id) {
            this.persona = persona;
            this.id = id;
        }

        synchronized void begin(HeldRequest request, Duration longest) {
            held = request;
            end = tasks.schedule(longest, this::dispatch);
            checkInbox();
        }

        private synchronized void checkInbox() {
            if (held == null || held.hasEnded()) {
                release();
                return;
            }
            CompletableFuture<Void> next = room.nextMail(persona);
            mail = next;
            if (room.unread(persona) > 0) {
                held.dispatch();
                release();
            } else {
                tasks.executeWhenDone(next, this::checkInbox);
            }
        }

        synchronized void dispatch() {
            if (held != null) {
                held.dispatch();
                release();
            }
        }

        synchronized void cancel() {
            if (held != null) {
                held.answer(HttpServletResponse.SC_OK, "text/event-stream", "");
                release();
            }
        }

        /** Forgets this call. It runs under the request's lock or after it, so it takes no other. */
        void requestEnded() {
            waiting.remove(this);
            tasks.execute(this::release);
        }

        private synchronized void release() {
            waiting.remove(this);
            if (end != null) {
                end.cancel(false);
            }
            if (mail != null) {
                mail.cancel(false);
            }
        }
    }
}
