package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.plan.Plans;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.tmux.Tmux;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions and removes what they leave: processes, tmux sessions, files. */
public final class SessionEnds {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KatraHome home;
    private final SessionService sessions;
    private final Processes processes;
    private final Clock clock;
    private final Map<Long, ProcessHandle> seen = new ConcurrentHashMap<>();

    SessionEnds(KatraHome home, SessionService sessions, Processes processes, Clock clock) {
        this.home = home;
        this.sessions = sessions;
        this.processes = processes;
        this.clock = clock;
    }

    /**
     * Ends a session: asks its process, waits, then kills it. Only what Katra started is touched.
     *
     * @throws Failure UNAVAILABLE if the process does not end
     */
    public void end(Session session, LaunchCaller caller) {
        Optional<LiveProcess> process = process(session);
        if (process.isPresent() && process.get().terminate(GRACE) == LiveProcess.End.STILL_ALIVE) {
            throw Failure.unavailable("the process " + process.get().pid() + " does not end")
                    .hint("it may belong to another user: ps -fp "
                            + process.get().pid());
        }
        close(session, "stopped");
        String name = session.tmuxSession();
        if (name != null) {
            closeTmuxSession(name, process, caller);
        }
    }

    private Optional<LiveProcess> process(Session session) {
        Long pid = session.pid();
        return pid != null && session.pidStartedAt() != null
                ? Optional.of(new LiveProcess(pid, session.pidStartedAt()))
                : Plans.pid(home.session(session.uid())).flatMap(left -> LiveProcess.of(left.pid()));
    }

    /** A session of that name on this caller's tmux server may be another home's; ours has our process in its pane. */
    private void closeTmuxSession(String name, Optional<LiveProcess> process, LaunchCaller caller) {
        try {
            Tmux tmux = new Tmux(processes, caller.environment(), home.root());
            boolean ours = tmux.panes().stream()
                    .anyMatch(pane -> pane.session().equals(name)
                            && process.filter(p -> p.pid() == pane.pid()).isPresent());
            if (ours) {
                tmux.killSession(name);
            }
        } catch (Failure e) {
            LOG.warn("the process of {} has ended; its tmux session could not be closed: {}", name, e.text());
        }
    }

    /**
     * Whether the session's process runs. A process that was seen once is from then on only glanced at, unless it is to
     * be looked at closely.
     */
    boolean runs(Session session, boolean closely) {
        Long pid = session.pid();
        Instant startedAt = session.pidStartedAt();
        if (pid == null || startedAt == null) {
            return false;
        }
        ProcessHandle handle = seen.get(session.id());
        if (!closely && handle != null && handle.pid() == pid && LiveProcess.runs(handle)) {
            return true;
        }
        if (!new LiveProcess(pid, startedAt).isAlive()) {
            return false;
        }
        ProcessHandle.of(pid).ifPresent(found -> seen.put(session.id(), found));
        return true;
    }

    /** Notes that a session's process is gone. */
    void gone(Session session) {
        close(session, "its process ended");
    }

    /** Notes that a session did not come up. */
    void failed(Session session) {
        close(session, "its launch failed");
    }

    /** Removes plans that nobody took and the files of sessions that are not among these, which live. */
    public void sweep(Collection<LiveSession> alive) {
        Instant limit = clock.instant().minus(SessionService.CLAIM);
        Plans.sweep(home.sessions(), SessionService.CLAIM, clock.instant());
        Set<String> live = alive.stream().map(each -> each.session().uid()).collect(Collectors.toSet());
        for (File folder : Objects.requireNonNullElse(home.sessions().toFile().listFiles(), new File[0])) {
            if (!live.contains(folder.getName()) && folder.lastModified() < limit.toEpochMilli()) {
                delete(folder.toPath());
            }
        }
    }

    private void close(Session session, String reason) {
        sessions.ended(session.id(), reason);
        seen.remove(session.id());
        delete(home.session(session.uid()));
    }

    private void delete(Path folder) {
        try {
            SessionTraces.deleteAllBut(folder, clock.instant());
        } catch (IOException e) {
            LOG.warn("cannot delete {}", folder, e);
        }
    }
}
