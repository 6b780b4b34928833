package dev.katra.core.home;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the right to write in a home, which one process has at a time: the server for its life, or a command that runs
 * without a server. The lock ends with {@link #close} or with the process. Nobody else may open the lock file inside a
 * JVM: closing any descriptor of it drops the lock.
 */
public final class HomeLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the lock of the home, which is created if it is missing; empty if this or another process holds the lock.
     *
     * @throws Failure UNAVAILABLE if the home or the file cannot be used
     */
    public static Optional<HomeLock> tryAcquire(KatraHome home) {
        home.create();
        try {
            Path real = home.root().toRealPath();
            if (!HELD_HERE.add(real)) {
                return Optional.empty();
            }
            Optional<HomeLock> lock = Optional.empty();
            try {
                lock = lock(real, home.lock());
            } finally {
                if (lock.isEmpty()) {
                    HELD_HERE.remove(real);
                }
            }
            return lock;
        } catch (IOException e) {
            throw Failure.unavailable("cannot lock " + home.lock() + ": " + e.getMessage())
                    .hint("check who owns it; a home belongs on a local disk")
                    .cause(e);
        }
    }

    private static Optional<HomeLock> lock(Path home, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), KatraHome.OWNER_ONLY_FILE);
        boolean locked = false;
        try {
            PrivateFiles.restrict(file);
            FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked ? Optional.of(new HomeLock(home, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Returns whether the lock is held, and belongs to that home. */
    public boolean isHeldFor(KatraHome other) {
        try {
            return channel.isOpen() && other.root().toRealPath().equals(home);
        } catch (IOException e) {
            return false;
        }
    }

    /** Releases the lock; the file stays, so that nobody locks another one of that name. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw Failure.unavailable("cannot unlock " + home + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        } finally {
            HELD_HERE.remove(home);
        }
    }
}
