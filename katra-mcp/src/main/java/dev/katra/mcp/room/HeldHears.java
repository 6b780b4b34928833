package dev.katra.mcp.room;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.client.HeldRequest;
import dev.katra.mcp.client.HeldTasks;
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

/** The calls of {@code katra_hear} that wait: each until mail comes, its time is over, its client gives up, or the server stops. */
@Component
class HeldHears {

    /** What names a call in a cancellation. */
    record Id(long session, String mcpSession, String call) {}

    private final RoomService room;
    private final ClientLinks links;
    private final HeldTasks tasks;
    private final Set<Hear> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    HeldHears(RoomService room, ClientLinks links, HeldTasks tasks) {
        this.room = room;
        this.links = links;
        this.tasks = tasks;
    }

    void hold(CachedRequest request, HttpServletResponse response, Actor actor, Id id, Duration longest) {
        Hear hear = new Hear(actor.personaId(), id);
        waiting.add(hear);
        HeldRequest held = HeldRequest.hold(request, response, links, hear::over);
        hear.begin(held, longest);
        if (stopping) {
            held.goOn();
        }
    }

    void cancel(Id id) {
        waiting.stream().filter(hear -> hear.id.equals(id)).forEach(Hear::cancel);
    }

    /** How many wait. */
    int count() {
        return waiting.size();
    }

    /** Lets those who wait go; the server stops only when they have their answers. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        waiting.forEach(Hear::goOn);
    }

    private final class Hear {

        private final long persona;
        private final Id id;
        private @Nullable HeldRequest held;
        private @Nullable Future<?> end;
        private @Nullable CompletableFuture<Void> mail;

        Hear(long persona, Id id) {
            this.persona = persona;
            this.id = id;
        }

        synchronized void begin(HeldRequest request, Duration longest) {
            held = request;
            end = tasks.after(longest, this::goOn);
            look();
        }

        private synchronized void look() {
            if (held == null || held.ended()) {
                release();
                return;
            }
            CompletableFuture<Void> next = room.mail(persona);
            mail = next;
            if (room.unread(persona) > 0) {
                held.goOn();
                release();
            } else {
                tasks.upon(next, this::look);
            }
        }

        synchronized void goOn() {
            if (held != null) {
                held.goOn();
                release();
            }
        }

        synchronized void cancel() {
            if (held != null) {
                held.answer(HttpServletResponse.SC_OK, "text/event-stream", "");
                release();
            }
        }

        /** Runs under the request's lock or after it, so it takes no other. */
        void over() {
            waiting.remove(this);
            tasks.now(this::release);
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
