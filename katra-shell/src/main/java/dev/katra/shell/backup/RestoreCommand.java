package dev.katra.shell.backup;

import dev.katra.core.backup.StoredSession;
import dev.katra.core.backup.UnpackedBackup;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.console.TimeFormat;
import dev.katra.shell.server.ServerStarter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra restore} replaces the home by what a backup holds. */
@Component
class RestoreCommand {

    private static final long LOCK_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOCK_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerStarter servers;

    RestoreCommand(ServerStarter servers) {
        this.servers = servers;
    }

    @Example("katra restore katra-monday.zip")
    @Command(
            name = "restore",
            group = Groups.KATRA,
            description = "Put a backup in the place of what Katra knows now",
            help = """
                    The backup is checked first. Sessions must have ended; the server is stopped, and started by the next
                    command. What was there is moved to a folder before-restore-… of the home.
                    """)
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void restore(Caller caller, @Takes(Takes.ValueKind.FILE) @Argument(index = 0) String file) {
        KatraHome home = caller.home().create();
        // SQLite's library, which is unpacked for the length of this command
        System.setProperty(
                "org.sqlite.tmpdir", KatraHome.privateFolder(home.temporary()).toString());
        Path source = caller.folder().resolve(file).normalize();
        try (UnpackedBackup backup = UnpackedBackup.open(source, home)) {
            requireNoSession(backup);
            if (servers.stop(home)) {
                caller.note("stopped the server");
            }
            try (HomeLock lock = lock(home)) {
                requireNoSession(backup);
                Optional<Path> aside = backup.replace(lock, Instant.now());
                caller.note("restored " + BackupCommand.summary(backup.manifest()) + ", as of "
                        + TimeFormat.withDay(backup.manifest().madeAt(), caller.zone()));
                aside.ifPresent(folder -> caller.note("what was there is in " + folder));
            }
        }
    }

    private static void requireNoSession(UnpackedBackup backup) {
        backup.sessions().stream().filter(RestoreCommand::isRunning).findFirst().ifPresent(session -> {
            throw Failure.conflict("the session of " + session.persona() + " (pid " + session.pid() + ") still runs")
                    .hint("katra stop --all ends all sessions");
        });
    }

    private static boolean isRunning(StoredSession session) {
        String mark = session.mark();
        Long started = session.pidStartedAt();
        return mark != null
                ? new LiveProcess(session.pid(), mark).mayRun()
                : started != null
                        && LiveProcess.startedAt(session.pid(), Instant.ofEpochMilli(started))
                                .mayRun();
    }

    private static HomeLock lock(KatraHome home) {
        long deadline = System.nanoTime() + LOCK_TIMEOUT_NANOS;
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOCK_POLL_NANOS);
            lock = HomeLock.tryAcquire(home);
        }
        return lock.orElseThrow(() -> Failure.conflict("another process uses the home " + home.root())
                .hint("katra server stop, and then do it again"));
    }
}
