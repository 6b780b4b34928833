package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.SessionWatch;
import dev.katra.launcher.claude.Dialog;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a session in tmux and waits until it is really up, or says what keeps it. */
final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 300;
    private static final int LAST_LINES = 12;

    private final SessionService sessions;
    private final SessionWatch watch;

    Arrival(SessionService sessions, SessionWatch watch) {
        this.sessions = sessions;
        this.watch = watch;
    }

    /** Whether the session lives on although its start is reported as a failure. */
    static boolean goesOn(Failure failure) {
        return failure.getCause() instanceof Waits;
    }

    StartOutcome of(ClaimedSession claimed, Tmux tmux, Path folder, List<String> command) {
        Session session = claimed.session();
        String name = Tmux.sessionName(claimed.persona().name());
        clearDead(tmux, name);
        long pid = tmux.newSession(name, folder, command);
        try {
            LiveProcess.of(pid)
                    .ifPresent(
                            process -> sessions.launched(session.id(), process.pid(), process.startedAt(), name, null));
            await(session, tmux, name);
        } catch (RuntimeException e) {
            if (e instanceof Failure failure && goesOn(failure)) {
                keepOnFailureOnly(tmux, name);
            } else {
                tmux.killSession(name);
            }
            throw e;
        }
        keepOnFailureOnly(tmux, name);
        return new StartOutcome.Background(session, name);
    }

    /** A tmux older than 3.2 does not know this mode, and then a pane stays after its session has ended well. */
    private static void keepOnFailureOnly(Tmux tmux, String name) {
        try {
            tmux.keepOnFailureOnly(name);
        } catch (Failure e) {
            LOG.warn("tmux keeps the pane of {}: {}", name, e.text());
        }
    }

    /** A pane that shows how an earlier session ended is in the way of its successor. */
    private static void clearDead(Tmux tmux, String name) {
        List<Pane> panes = tmux.panes().stream()
                .filter(pane -> pane.session().equals(name))
                .toList();
        if (!panes.isEmpty() && panes.stream().allMatch(Pane::dead)) {
            tmux.killSession(name);
        }
    }

    private void await(Session session, Tmux tmux, String name) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            CompletableFuture<Void> change = watch.next(session.id());
            try {
                Session now = sessions.find(session.id()).orElseThrow();
                if (now.connectedAt() != null) {
                    return;
                }
                Optional<Pane> pane = tmux.panes().stream()
                        .filter(candidate -> candidate.session().equals(name))
                        .findFirst();
                if (pane.isEmpty() || pane.get().dead()) {
                    throw ended(pane.isEmpty() ? List.of() : tmux.lastLines(name, LAST_LINES));
                }
                Optional<Dialog> dialog = Dialog.on(tmux.capture(name, 0));
                if (dialog.isPresent()) {
                    sessions.changed(session.id(), SessionState.WAITING);
                    throw waits("Claude Code " + dialog.get().what(), name);
                }
                if (!now.live()) {
                    throw Failure.conflict("the session was ended while it started");
                }
                pause(change);
            } finally {
                change.cancel(false); // whoever no longer waits is not kept
            }
        }
        throw waits("Claude Code runs, but has not connected to the server within " + LIMIT.toSeconds() + " s", name);
    }

    private static Failure ended(List<String> lastLines) {
        return Failure.unavailable("Claude Code ended at once" + (lastLines.isEmpty() ? "" : "; its last lines:\n  ")
                + String.join("\n  ", lastLines));
    }

    private static Failure waits(String what, String name) {
        String persona = name.substring(Tmux.sessionName("").length());
        return Failure.unavailable(what + " (the session goes on)")
                .hint("katra attach " + persona + ", answer it, and leave with Ctrl-B then D")
                .cause(new Waits());
    }

    private static void pause(CompletableFuture<Void> change) {
        try {
            change.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // look at the pane again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Marks a failure of which the session is not the victim. */
    private static final class Waits extends RuntimeException {}
}
