package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Tells a model at its session's start who and where it is. */
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
    private final Clock clock;

    StartHook(SessionService sessions, SessionWatch watch, StartText text, Clock clock) {
        this.sessions = sessions;
        this.watch = watch;
        this.text = text;
        this.clock = clock;
    }

    Map<String, Object> answer(Actor actor, HookEvent event) {
        if (!IN_BETWEEN.contains(event.word("source"))) {
            awaitConnection(Objects.requireNonNull(actor.sessionId()));
        }
        return HookAnswer.context("SessionStart", text.of(actor));
    }

    /**
     * Holds the first prompt until the client has the tools: the client waits for this hook and not for its MCP servers,
     * and a prompt given at the start would be answered by a model without them.
     */
    private void awaitConnection(long session) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                CompletableFuture<Void> change = watch.next(session);
                Optional<Instant> connected = sessions.find(session).map(Session::connectedAt);
                if (connected.isPresent()) {
                    change.cancel(false);
                    long since =
                            Duration.between(connected.get(), clock.instant()).toMillis();
                    TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis() - since);
                    return;
                }
                change.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // the prompt must not wait any longer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
