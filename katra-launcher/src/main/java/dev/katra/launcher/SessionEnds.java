package dev.katra.launcher;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.plan.Plans;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.tmux.Tmux;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Ends sessions and removes what they leave: processes, tmux sessions, files. */
public final class SessionEnds {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KatraHome home;
    private final SessionService sessions;
    private final Processes processes;
    private final Clock clock;

    SessionEnds(KatraHome home, SessionService sessions, Processes processes, Clock clock) {
        this.home = home;
        this.sessions = sessions;
        this.processes = processes;
        this.clock = clock;
    }

    /** Ends a session: asks its process, waits, then kills it. Only what Katra started is touched. */
    public void end(Session session, LaunchCaller caller) {
        Long pid = session.pid();
        if (pid != null && session.pidStartedAt() != null) {
            new LiveProcess(pid, session.pidStartedAt()).terminate(GRACE);
        }
        if (session.tmuxSession() != null) {
            new Tmux(processes, caller.environment(), home.root()).killSession(session.tmuxSession());
        }
        close(session, "stopped");
    }

    /** Notes that a session's process is gone. */
    void gone(Session session) {
        close(session, "its process ended");
    }

    /** Notes that a session did not come up. */
    void failed(Session session) {
        close(session, "its launch failed");
    }

    /** Removes plans that nobody took and the files of sessions that have ended. */
    public void sweep() {
        Plans.sweep(home.sessions(), SessionService.CLAIM, clock.instant());
    }

    private void close(Session session, String reason) {
        sessions.ended(session.id(), reason);
        Path folder = home.session(session.uid());
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("cannot delete {}", folder, e);
        }
    }
}
