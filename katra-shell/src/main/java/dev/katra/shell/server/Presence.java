package dev.katra.shell.server;

import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.SessionEnds;
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

/** Looks every three seconds which sessions' processes still live, and ends the sessions of those that do not. */
final class Presence implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final long SECONDS = 3;

    /**
     * Looking closely costs ten times as much, and says more than a glance only where there is no {@code /proc}. What
     * sessions have left is no hurry either.
     */
    private static final int CLOSELY_EVERY = 4;

    private final SessionService sessions;
    private final Launcher launcher;
    private final SessionEnds ends;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "katra-presence");
        thread.setDaemon(true);
        return thread;
    });

    private long looks;
    private @Nullable ScheduledFuture<?> looking;
    private volatile boolean stopping;

    Presence(SessionService sessions, Launcher launcher, SessionEnds ends) {
        this.sessions = sessions;
        this.launcher = launcher;
        this.ends = ends;
    }

    @Override
    public void afterSingletonsInstantiated() {
        looking = timer.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            List<LiveSession> alive = sessions.live();
            boolean closely = looks++ % CLOSELY_EVERY == 0;
            alive.forEach(each -> launcher.observe(each, closely));
            if (alive.stream().anyMatch(each -> each.session().pid() == null)) {
                sessions.expireClaims();
            }
            if (closely) {
                ends.sweep(alive);
            }
        } catch (RuntimeException | LinkageError e) {
            if (stopping) {
                return; // the store is closed already
            }
            LOG.warn("looking after the sessions failed; trying again", e);
        }
    }

    @Override
    public void destroy() {
        stopping = true;
        if (looking != null) {
            looking.cancel(false);
        }
        timer.shutdownNow();
    }
}
