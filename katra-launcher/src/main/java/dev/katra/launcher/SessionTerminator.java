package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.plan.LaunchPlans;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.tmux.Tmux;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions and removes what they leave: processes, tmux sessions, files. */
public final class SessionTerminator {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTerminator.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration TRACE_SWEEP_INTERVAL = Duration.ofHours(1);

    private final KatraHome home;
    private final SessionService sessions;
    private final ProcessRunner processes;
    private final Clock clock;
    private volatile Instant tracesSweptAt = Instant.EPOCH;

    SessionTerminator(KatraHome home, SessionService sessions, ProcessRunner processes, Clock clock) {
        this.home = home;
        this.sessions = sessions;
        this.processes = processes;
        this.clock = clock;
    }

    /**
     * Ends a session: asks its process to end, waits five seconds, then kills it. Only what Katra started is touched.
     *
     * @throws Failure UNAVAILABLE if the process does not end
     */
    public void end(Session session, LaunchCaller caller) {
        Optional<LiveProcess> process = process(session);
        if (process.isPresent() && process.get().terminate(GRACE) == LiveProcess.TerminateResult.STILL_ALIVE) {
            throw Failure.unavailable("the process " + process.get().pid() + " does not end")
                    .hint("it may belong to another user: ps -fp "
                            + process.get().pid());
        }
        close(session, "stopped");
        if (session.screen().place() == Place.TMUX) {
            process.ifPresent(ended -> closePane(session, ended.pid(), caller));
        }
    }

    private Optional<LiveProcess> process(Session session) {
        Long pid = session.process().pid();
        if (pid == null) {
            return LaunchPlans.readPidFile(home.session(session.uid())).flatMap(LaunchPlans.PidFile::process);
        }
        String mark = session.process().pidMark();
        return mark == null ? processOfOlderVersion(session, pid) : Optional.of(new LiveProcess(pid, mark));
    }

    /**
     * Finds the process of a session that an older version started. Such a version noted the start by the clock, which
     * may have been set since; but the command line of a session's process names the session's folder.
     */
    private Optional<LiveProcess> processOfOlderVersion(Session session, long pid) {
        Instant startedAt = session.process().pidStartedAt();
        LiveProcess noted = LiveProcess.startedAt(pid, startedAt == null ? Instant.EPOCH : startedAt);
        Optional<LiveProcess> now = LiveProcess.of(pid);
        if (now.isEmpty()) {
            return Optional.of(noted);
        }
        if (!noted.mayRun() && !LiveProcess.commandLineContains(pid, "sessions/" + session.uid() + "/")) {
            return Optional.empty();
        }
        sessions.recordProcessMark(session.id(), now.get().mark());
        return now;
    }

    /**
     * Closes what tmux still shows of the ended process: the whole tmux session if it has its own name still, and only
     * the pane if it was renamed.
     */
    private void closePane(Session session, long pid, LaunchCaller caller) {
        try {
            Tmux callers = new Tmux(processes, caller.environment(), home.root());
            String socket = session.screen().tmuxSocket();
            Tmux tmux = socket == null ? callers : callers.onSocket(socket);
            tmux.pane(pid).ifPresent(pane -> {
                if (pane.session().equals(session.screen().tmuxSession())) {
                    tmux.killSession(pane.sessionId());
                } else {
                    tmux.killPane(pane);
                }
            });
        } catch (Failure e) {
            LOG.warn("the process {} has ended; its tmux session could not be closed: {}", pid, e.text());
        }
    }

    /**
     * Returns whether the session's process runs or may run: as long as the system does not say, it does not count as
     * gone.
     */
    boolean mayRun(Session session) {
        return process(session).filter(LiveProcess::mayRun).isPresent();
    }

    /** Marks the session as ended because its process is gone. */
    void markGone(Session session) {
        close(session, SessionService.PROCESS_ENDED);
    }

    /** Marks the session as ended because it belongs to another home, and leaves its process alone. */
    void markForeign(Session session, String reason) {
        close(session, reason);
    }

    /** Marks the session as ended because its launch failed. */
    void markFailed(Session session) {
        close(session, "its launch failed");
    }

    /** Deletes launch plans that no session took, and the folders of sessions that are not among these live ones. */
    public void sweep(Collection<LiveSession> alive) {
        Instant limit = clock.instant().minus(SessionService.CLAIM_TIMEOUT);
        LaunchPlans.sweep(home.sessions(), SessionService.CLAIM_TIMEOUT, clock.instant());
        Set<String> live = alive.stream().map(each -> each.session().uid()).collect(Collectors.toSet());
        for (File folder : Objects.requireNonNullElse(home.sessions().toFile().listFiles(), new File[0])) {
            if (!live.contains(folder.getName()) && folder.lastModified() < limit.toEpochMilli()) {
                delete(folder.toPath());
            }
        }
    }

    /** Deletes the old files from the traces of these live sessions, at most once an hour. */
    public void sweepTraces(Collection<LiveSession> alive) {
        Instant now = clock.instant();
        if (now.isBefore(tracesSweptAt.plus(TRACE_SWEEP_INTERVAL)) && !now.isBefore(tracesSweptAt)) {
            return;
        }
        tracesSweptAt = now;
        for (LiveSession each : alive) {
            Path folder = home.session(each.session().uid());
            try {
                SessionTraces.deleteExpired(folder, now);
            } catch (IOException e) {
                LOG.warn("cannot delete the old part of the trace in {}", folder, e);
            }
        }
    }

    private void close(Session session, String reason) {
        sessions.end(session.id(), reason);
        delete(home.session(session.uid()));
    }

    private void delete(Path folder) {
        try {
            SessionTraces.deleteAllButTrace(folder, clock.instant());
        } catch (IOException e) {
            LOG.warn("cannot delete {}", folder, e);
        }
    }
}
