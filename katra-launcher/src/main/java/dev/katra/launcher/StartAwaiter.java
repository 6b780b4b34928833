package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.tmux.Pane;
import dev.katra.launcher.tmux.Tmux;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a session in tmux and waits until its agent has connected to the server, or fails with what keeps it from
 * that.
 */
final class StartAwaiter {

    private static final Logger LOG = LoggerFactory.getLogger(StartAwaiter.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 300;
    private static final int LAST_LINES = 12;
    /** The number of further tmux session names that are tried if a persona's own is taken. */
    private static final int MAX_NAME_SUFFIX = 9;

    private final Agent agent;
    private final SessionService sessions;
    private final SessionWatch watch;

    StartAwaiter(Agent agent, SessionService sessions, SessionWatch watch) {
        this.agent = agent;
        this.sessions = sessions;
        this.watch = watch;
    }

    /** Returns whether the session goes on although its start is reported as this failure. */
    static boolean sessionStillRuns(Failure failure) {
        return failure.getCause() instanceof SessionStillRuns;
    }

    StartOutcome startAndAwait(
            ClaimedSession claimed, Tmux tmux, Path folder, List<String> command, LaunchCaller caller) {
        Session session = claimed.session();
        String persona = claimed.persona().name();
        Pane pane = open(tmux, persona, folder, command, caller.notes());
        caller.onTmuxSession().accept(pane.session());
        try {
            LiveProcess.of(pane.pid())
                    .ifPresent(process -> sessions.recordProcess(
                            session.id(), process.pid(), process.mark(), pane.session(), pane.socket()));
            await(session, tmux, pane, persona);
        } catch (RuntimeException e) {
            if (e instanceof Failure failure && sessionStillRuns(failure)) {
                keepOnFailureOnly(tmux, pane);
            } else {
                tmux.killPane(pane);
            }
            throw e;
        }
        keepOnFailureOnly(tmux, pane);
        return new StartOutcome.Background(session, persona, pane.session());
    }

    /** Opens a tmux session under the persona's name, or under a longer one if somebody else has that. */
    private static Pane open(Tmux tmux, String persona, Path folder, List<String> command, Consumer<String> notes) {
        String usual = Tmux.sessionName(persona);
        String name = usual;
        for (int another = 2; ; another++) {
            killDeadSession(tmux, name);
            try {
                Pane pane = tmux.newSession(name, folder, command);
                if (!pane.session().equals(usual)) {
                    notes.accept("katra: "
                            + (name.equals(usual)
                                    ? "your tmux has renamed the session " + usual
                                    : "tmux has a session " + usual + " already, which is not of this home")
                            + "; " + persona + " is in " + pane.session());
                }
                return pane;
            } catch (Failure e) {
                if (e.code() != Failure.Code.CONFLICT || another > MAX_NAME_SUFFIX) {
                    throw e;
                }
                name = usual + "-" + another;
            }
        }
    }

    /**
     * Has the pane close when its program ends well. A tmux older than 3.2 does not know this mode and keeps the pane.
     */
    private static void keepOnFailureOnly(Tmux tmux, Pane pane) {
        try {
            tmux.keepOnFailureOnly(pane);
        } catch (Failure e) {
            LOG.warn("tmux keeps the pane of {}: {}", pane.session(), e.text());
        }
    }

    /** Closes a tmux session whose panes are all dead: it shows how an earlier session ended, and holds the name. */
    private static void killDeadSession(Tmux tmux, String name) {
        List<Pane> panes = tmux.panes().stream()
                .filter(pane -> pane.session().equals(name))
                .toList();
        if (!panes.isEmpty() && panes.stream().allMatch(Pane::dead)) {
            tmux.killSession(name);
        }
    }

    private void await(Session session, Tmux tmux, Pane opened, String persona) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            CompletableFuture<Void> change = watch.nextChange(session.id());
            try {
                Session now = sessions.find(session.id()).orElseThrow();
                if (now.lifetime().connectedAt() != null) {
                    return;
                }
                if (!now.live()) {
                    throw Failure.conflict("the session was ended while it started")
                            .hint("start it again, or see: katra list");
                }
                Pane pane = tmux.panes().stream()
                        .filter(candidate -> candidate.id().equals(opened.id()))
                        .findFirst()
                        .orElseThrow(() -> Tmux.sessionTakenAway(opened.session()));
                if (pane.dead()) {
                    throw ended(tmux.lastLines(pane.id(), LAST_LINES));
                }
                Optional<String> dialog = agent.dialogOn(tmux.capture(pane.id(), 0));
                if (dialog.isPresent()) {
                    sessions.recordDialog(session.id(), dialog.get(), true);
                    throw waits(agent.displayName() + " " + dialog.get(), persona, tmux, pane);
                }
                pause(change);
            } finally {
                change.cancel(false); // otherwise the watch would keep it
            }
        }
        throw waits(
                agent.displayName() + " runs, but has not connected to the server within " + START_TIMEOUT.toSeconds()
                        + " s",
                persona,
                tmux,
                opened);
    }

    private Failure ended(List<String> lastLines) {
        return Failure.unavailable(agent.displayName() + " ended at once"
                        + (lastLines.isEmpty() ? "" : "; its last lines:\n  ") + String.join("\n  ", lastLines))
                .hint("run it by hand to see what it says: " + agent.command() + "; and see: katra doctor");
    }

    private static Failure waits(String what, String persona, Tmux tmux, Pane pane) {
        return Failure.unavailable(what + " (the session goes on)")
                .hint("katra attach " + persona + ", and answer it; " + tmux.detachHint(pane))
                .cause(new SessionStillRuns());
    }

    private static void pause(CompletableFuture<Void> change) {
        try {
            change.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // look at the pane again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Marks a failure that leaves the session running, because it only waits for a person or for time. */
    private static final class SessionStillRuns extends RuntimeException {}
}
