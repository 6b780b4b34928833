package dev.katra.shell.server;

import dev.katra.core.backup.Backup;
import dev.katra.core.concurrent.Threads;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import dev.katra.shell.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Checks every second whether the home is still the one that the server has open. A file that was deleted takes writes
 * as before, and nobody will ever read them: then nothing more is written, what can be saved is saved, and the server
 * ends. What the home can do without, such as the socket, is made anew.
 */
final class HomeWatch implements SmartInitializingSingleton, DisposableBean {

    /** The exit code of a server whose home was taken away. */
    static final int HOME_GONE = 74;

    private static final Logger LOG = LoggerFactory.getLogger(HomeWatch.class);

    private static final int SHUTDOWN_SECONDS = 5;

    private final KatraHome home;
    private final Writes writes;
    private final WriteAheadLog log;
    private final Backup backup;
    private final SocketLifecycle socketLifecycle;
    private final HttpConnectors connectors;
    private @Nullable ScheduledFuture<?> schedule;
    private volatile boolean stopping;
    private final Map<Path, Object> fileKeys = new HashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.daemons("katra-home"));

    HomeWatch(
            KatraHome home,
            Writes writes,
            WriteAheadLog log,
            Backup backup,
            SocketLifecycle socketLifecycle,
            HttpConnectors connectors) {
        this.home = home;
        this.writes = writes;
        this.log = log;
        this.backup = backup;
        this.socketLifecycle = socketLifecycle;
        this.connectors = connectors;
    }

    @Override
    public void afterSingletonsInstantiated() {
        check();
        schedule = timer.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
    }

    private void check() {
        try {
            for (Path file : List.of(home.lock(), home.database())) {
                if (isReplaced(file)) {
                    end(file, file.equals(home.database()));
                }
            }
            checkWriteAheadLog();
            KatraHome.privateFolder(home.temporary());
            socketLifecycle.reopenIfRemoved();
            connectors.reopenIfRemoved();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("looking after the home failed; trying again", e);
        }
    }

    private void checkWriteAheadLog() {
        if (stopping) {
            return;
        }
        WriteAheadLog.State state = log.rescueIfDeleted(homeLost(log.file().toString()));
        if (state != WriteAheadLog.State.PRESENT && !stopping) {
            end(log.file(), state == WriteAheadLog.State.LOST);
        }
    }

    private static Failure homeLost(String what) {
        return Failure.unavailable(what + " was removed or replaced while the server ran, which ends now")
                .hint("do it again; the next command starts a server on what is there");
    }

    /** Returns whether there was such a file, and it is gone or another one. An error of the system counts as no. */
    private boolean isReplaced(Path file) {
        try {
            Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            Object before = now == null ? null : fileKeys.putIfAbsent(file, now);
            return before != null && !before.equals(now);
        } catch (NoSuchFileException e) {
            return fileKeys.containsKey(file);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Refuses all further writes, saves what is known if that is wanted, and ends the process whatever happens: a
     * server that refuses all writes would be in the way of the next one.
     */
    private void end(Path lost, boolean saving) {
        try {
            boolean gone = !Files.isDirectory(home.root());
            String what = gone ? "the home " + home.root() : lost.toString();
            boolean quiet = writes.refuse(homeLost(what)); // else a copy would wait for the same disk
            Optional<Path> saved = quiet && saving && !gone ? save() : Optional.empty();
            LOG.error(
                    "{} was removed or replaced while this server ran; it ends{}",
                    what,
                    saved.map(file -> ", and has saved what it knew to " + file).orElse(""));
        } finally {
            // At once: closing the store would do things to files of its name that are not its own.
            Runtime.getRuntime().halt(HOME_GONE);
        }
    }

    private Optional<Path> save() {
        Path file = home.root().resolve(Backup.RESCUED_PREFIX + Instant.now().toEpochMilli() + ".zip");
        try {
            backup.write(file, Version.current());
            return Optional.of(file);
        } catch (RuntimeException e) {
            LOG.error("what the server knew could not be saved", e);
            return Optional.empty();
        }
    }

    @Override
    public void destroy() {
        stopping = true;
        if (schedule != null) {
            schedule.cancel(false);
        }
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the last check of the home takes long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
