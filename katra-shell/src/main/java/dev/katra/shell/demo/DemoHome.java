package dev.katra.shell.demo;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A DemoHome is the home in which the demonstration plays: a folder in the person's own home, with a database, a
 * server, a port and a tmux server of its own, so that it meets nobody's personas, mail and memories, and is deleted
 * without a trace.
 */
final class DemoHome {

    /** The file that says that the folder is the demonstration's, and may be deleted whole. */
    private static final String MARKER = "katra-demo";

    private static final int TRIES = 20;

    private final KatraHome home;
    private final Caller caller;

    private DemoHome(KatraHome home, Caller caller) {
        this.home = home;
        this.caller = caller;
    }

    /** Returns the demonstration's home, which lies in the caller's. */
    static DemoHome of(Caller caller) {
        KatraHome home = new KatraHome(caller.home().root().resolve("demo"));
        String socket = caller.variable(Tmux.SOCKET_VARIABLE);
        String name = (socket.isEmpty() ? "katra" : socket) + "-demo-"
                + Integer.toHexString(home.root().toString().hashCode());
        return new DemoHome(
                home,
                caller.with(KatraHome.VARIABLE, home.root().toString())
                        .with("KATRA_PORT", "0")
                        .with(Tmux.SOCKET_VARIABLE, name));
    }

    /** Returns the caller, for whom this is the home. */
    Caller caller() {
        return caller;
    }

    /** Returns whether this home exists. */
    boolean exists() {
        return Files.exists(home.root().resolve(MARKER));
    }

    /**
     * Creates the home, empty.
     *
     * @throws Failure CONFLICT if the folder holds something else
     */
    void create() {
        KatraHome.privateFolder(home.root());
        try (Stream<Path> files = Files.list(home.root())) {
            if (files.findAny().isPresent()) {
                throw Failure.conflict(home.root() + " holds files that are not the demo's")
                        .hint("move it away, or name another home in " + KatraHome.VARIABLE);
            }
            Files.createFile(home.root().resolve(MARKER));
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + home.root() + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    /**
     * Deletes the home with all that is in it, once nothing of it runs. It tries again for a while, because a process
     * that is ending may still write.
     */
    void delete() {
        for (int tries = 0; Files.exists(home.root()); tries++) {
            try {
                for (Path file : filesWithMarkerLast()) {
                    FileSystemUtils.deleteRecursively(file);
                }
                Files.delete(home.root());
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw Failure.unavailable("cannot delete " + home.root() + ": " + e.getMessage())
                            .hint("delete it by hand")
                            .cause(e);
                }
                pause();
            }
        }
    }

    /** Returns the files of the home, and the mark last: it says to the end whose folder this is. */
    private List<Path> filesWithMarkerLast() throws IOException {
        try (Stream<Path> files = Files.list(home.root())) {
            return files.sorted(Comparator.comparing(file -> file.endsWith(MARKER)))
                    .toList();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "cancelled").cause(e);
        }
    }
}
