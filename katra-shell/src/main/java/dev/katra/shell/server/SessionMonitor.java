package dev.katra.shell.server;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.SessionTerminator;
import dev.katra.launcher.process.LiveProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Checks every second what the sessions' clients do and every other second which sessions' processes still live, and
 * ends the sessions of those that do not.
 */
final class SessionMonitor implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMonitor.class);
    private static final int ALIVE_INTERVAL = 2;

    /** The interval in seconds at which the files of ended sessions are removed; it must be even. */
    private static final int SWEEP_INTERVAL = 12;

    private final KatraHome home;
    private final SessionService sessions;
    private final Launcher launcher;
    private final SessionTerminator terminator;
    private final PortHolderControl port;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemons("katra-presence"));

    private long checkCount;
    private @Nullable ScheduledFuture<?> schedule;
    private volatile boolean stopping;

    SessionMonitor(
            KatraHome home,
            SessionService sessions,
            Launcher launcher,
            SessionTerminator terminator,
            PortHolderControl port) {
        this.home = home;
        this.sessions = sessions;
        this.launcher = launcher;
        this.terminator = terminator;
        this.port = port;
    }

    @Override
    public void afterSingletonsInstantiated() {
        HomeIdentity.original(home).ifPresent(this::leaveSessionsTo);
        HomeIdentity.claim(home);
        schedule = timer.scheduleWithFixedDelay(this::check, 0, 1, TimeUnit.SECONDS);
    }

    private void leaveSessionsTo(Path original) {
        List<LiveSession> theirs = sessions.live();
        LOG.warn("{} is a copy of {}, which keeps its {} live sessions", home.root(), original, theirs.size());
        theirs.forEach(each ->
                launcher.releaseToOtherHome(each, "it is a session of " + original + ", of which this is a copy"));
    }

    private void check() {
        try {
            List<LiveSession> alive = sessions.live();
            port.update(processes(alive));
            long look = checkCount++;
            if (look % ALIVE_INTERVAL != 0) {
                launcher.pollClients(alive);
                return;
            }
            launcher.checkProcess(alive);
            if (look % SWEEP_INTERVAL == 0) {
                terminator.sweep(alive);
                terminator.sweepTraces(alive);
            }
        } catch (RuntimeException | LinkageError e) {
            if (stopping) {
                return; // the store is closed already
            }
            LOG.warn("looking after the sessions failed; trying again", e);
        }
    }

    private static List<LiveProcess> processes(List<LiveSession> sessions) {
        List<LiveProcess> processes = new ArrayList<>();
        for (LiveSession each : sessions) {
            Long pid = each.session().process().pid();
            String mark = each.session().process().pidMark();
            if (pid != null && mark != null) {
                processes.add(new LiveProcess(pid, mark));
            }
        }
        return processes;
    }

    @Override
    public void destroy() {
        stopping = true;
        if (schedule != null) {
            schedule.cancel(false);
        }
        timer.shutdownNow();
    }
}
