package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.web.client.HeldRequest;
import dev.katra.web.client.RequestMonitor;
import dev.katra.web.client.RequestScheduler;
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
 * Tells a model at its session's start who and where it is. The answer is held until the client has the tools: the
 * client waits for this hook and not for its MCP servers, so a prompt given at the start would otherwise be answered by
 * a model without them.
 */
@Component
class StartHook {

    /** The maximum time for which a start is held; it is less than the limit that the launcher gives the hook. */
    private static final Duration MAX_HOLD = Duration.ofSeconds(15);

    /** The time that the client needs to read the list of tools; measured, less than 60 ms on a busy machine. */
    private static final Duration TOOL_LIST_DELAY = Duration.ofMillis(300);

    /** The sources of starts within a conversation, at which the client has the tools already. */
    private static final Set<String> CONTINUING_SOURCES = Set.of("clear", "compact");

    private final SessionService sessions;
    private final SessionWatch watch;
    private final StartText text;
    private final RequestMonitor links;
    private final RequestScheduler tasks;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<HeldStart> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    StartHook(
            SessionService sessions,
            SessionWatch watch,
            StartText text,
            RequestMonitor links,
            RequestScheduler tasks,
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

    /** Answers the event: at once if it is within a conversation, otherwise when the client is connected. */
    void take(HttpServletRequest request, HttpServletResponse response, Actor actor, HookEvent event) {
        HeldStart start = new HeldStart(actor);
        sessions.recordConversation(start.session, event.text("session_id"));
        held.add(start);
        start.begin(request, response, CONTINUING_SOURCES.contains(event.text("source")));
        if (stopping) {
            start.answer();
        }
    }

    /** Returns the number of starts that are held. */
    int count() {
        return held.size();
    }

    /** Answers all held starts, because the server stops only when they have their answers. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        held.forEach(HeldStart::answer);
    }

    private final class HeldStart {

        private final Actor actor;
        private final long session;
        private @Nullable HeldRequest request;
        private @Nullable Future<?> next;
        private @Nullable Future<?> end;
        private @Nullable CompletableFuture<Void> change;

        HeldStart(Actor actor) {
            this.actor = actor;
            this.session = Objects.requireNonNull(actor.sessionId());
        }

        synchronized void begin(HttpServletRequest wire, HttpServletResponse response, boolean atOnce) {
            request = HeldRequest.hold(wire, response, links, this::requestEnded);
            if (atOnce) {
                answer();
            } else {
                end = tasks.schedule(MAX_HOLD, this::answerApart);
                checkConnected();
            }
        }

        private synchronized void checkConnected() {
            if (request == null || request.hasEnded()) {
                return;
            }
            CompletableFuture<Void> following = watch.nextChange(session);
            change = following;
            Optional<Instant> connected =
                    sessions.find(session).map(session -> session.lifetime().connectedAt());
            if (connected.isPresent()) {
                following.cancel(false);
                next = tasks.schedule(
                        TOOL_LIST_DELAY.minus(Duration.between(connected.get(), clock.instant())), this::answerApart);
            } else {
                tasks.executeWhenDone(following, this::checkConnected);
            }
        }

        private void answerApart() {
            tasks.executeLong(this::answer);
        }

        /**
         * Answers the start. The text is made outside the lock, because it takes a while in which others may need this
         * start.
         */
        void answer() {
            HeldRequest held;
            synchronized (this) {
                held = request;
            }
            if (held != null && !held.hasEnded()) {
                held.answer(
                        HttpServletResponse.SC_OK,
                        "application/json",
                        json.writeValueAsString(HookAnswer.context("SessionStart", text.of(actor))));
            }
        }

        /** Forgets this start. It runs under the request's lock, so it takes no other. */
        private void requestEnded() {
            held.remove(this);
            tasks.execute(this::release);
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
