package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.client.HeldRequest;
import dev.katra.mcp.client.HeldTasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a model at its session's start who and where it is. It holds the first prompt until the client has the tools: the client
 * waits for this hook and not for its MCP servers, and a prompt given at the start would be answered by a model without them.
 */
@Component
class StartHook {

    /** Less than the limit that the launcher gives the hook. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What the client needs to take in the list of tools: measured, less than 60 ms on a busy machine. */
    private static final Duration SETTLING = Duration.ofMillis(300);

    /** Starts of a conversation that goes on; the client has the tools already. */
    private static final Set<String> IN_BETWEEN = Set.of("clear", "compact");

    private final SessionService sessions;
    private final SessionWatch watch;
    private final StartText text;
    private final ClientLinks links;
    private final HeldTasks tasks;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<Start> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    StartHook(
            SessionService sessions,
            SessionWatch watch,
            StartText text,
            ClientLinks links,
            HeldTasks tasks,
            JsonMapper json,
            Clock clock) {
        this.sessions = sessions;
        this.watch = watch;
        this.text = text;
        this.links = links;
        this.tasks = tasks;
        this.json = json;
        this.clock = clock;
    }

    /** Answers it, now or when the client is connected. */
    void take(HttpServletRequest request, HttpServletResponse response, Actor actor, HookEvent event) {
        Start start = new Start(actor);
        held.add(start);
        start.begin(request, response, IN_BETWEEN.contains(event.word("source")));
        if (stopping) {
            start.answer();
        }
    }

    /** How many starts wait. */
    int count() {
        return held.size();
    }

    /** Lets those who wait go; the server stops only when they have their answers. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        held.forEach(Start::answer);
    }

    private final class Start {

        private final Actor actor;
        private final long session;
        private @Nullable HeldRequest request;
        private @Nullable Future<?> next;
        private @Nullable Future<?> end;
        private @Nullable CompletableFuture<Void> change;

        Start(Actor actor) {
            this.actor = actor;
            this.session = Objects.requireNonNull(actor.sessionId());
        }

        synchronized void begin(HttpServletRequest wire, HttpServletResponse response, boolean atOnce) {
            request = HeldRequest.hold(wire, response, links, this::over);
            if (atOnce) {
                answer();
            } else {
                end = tasks.after(LONGEST, this::answer);
                look();
            }
        }

        private synchronized void look() {
            if (request == null || request.ended()) {
                return;
            }
            CompletableFuture<Void> following = watch.next(session);
            change = following;
            Optional<Instant> connected = sessions.find(session).map(Session::connectedAt);
            if (connected.isPresent()) {
                following.cancel(false);
                next = tasks.after(SETTLING.minus(Duration.between(connected.get(), clock.instant())), this::answer);
            } else {
                tasks.upon(following, this::look);
            }
        }

        synchronized void answer() {
            if (request != null && !request.ended()) {
                request.answer(
                        HttpServletResponse.SC_OK,
                        "application/json",
                        json.writeValueAsString(HookAnswer.context("SessionStart", text.of(actor))));
            }
        }

        /** Runs under the request's lock, so it takes no other. */
        private void over() {
            held.remove(this);
            tasks.now(this::release);
        }

        private synchronized void release() {
            cancel(next);
            cancel(end);
            cancel(change);
        }

        private static void cancel(@Nullable Future<?> event) {
            if (event != null) {
                event.cancel(false);
            }
        }
    }
}
