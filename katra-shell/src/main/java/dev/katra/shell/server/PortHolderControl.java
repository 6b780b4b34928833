package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Controls the home's {@link PortHolder} from the server: it begins the holder with the first session, and tells it
 * which sessions live.
 */
final class PortHolderControl implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortHolderControl.class);

    /** True on Linux. Elsewhere it was not tried whether a port that is bound twice answers as before. */
    private static final boolean ON_LINUX = System.getProperty("os.name").startsWith("Linux");

    /** The pause before another holder is tried when one has ended without the port. */
    private static final Duration RETRY_PAUSE = Duration.ofMinutes(1);

    private final KatraHome home;
    private final IntSupplier port;
    private @Nullable Process holder;
    private String lastLine = "";
    private boolean holdsPort;
    private Optional<PortNote> previousHolder = Optional.empty();
    private long retryAt = System.nanoTime();

    /**
     * Creates the control of a server's port holder.
     *
     * @param port the port on which the server listens
     */
    PortHolderControl(KatraHome home, IntSupplier port) {
        this.home = home;
        this.port = port;
    }

    /**
     * Returns whether a process of this home holds the port, which the home's server then shares with it.
     *
     * @throws Failure UNAVAILABLE if the note of the holder cannot be read
     */
    static boolean isHeld(KatraHome home, int port) {
        try {
            return PortNote.read(home.root())
                    .filter(note -> note.port() == port)
                    .isPresent();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read who holds the port of " + home.root() + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    /** Makes sure that the port is held as long as one of these processes of sessions lives. Does not wait. */
    synchronized void update(List<LiveProcess> sessions) {
        String line = sessions.stream()
                .map(session -> session.pid() + " " + session.mark())
                .collect(Collectors.joining(" "));
        try {
            if (holder != null && !holder.isAlive()) {
                if (!holdsPort) {
                    retryAt = System.nanoTime() + RETRY_PAUSE.toNanos();
                    LOG.warn(
                            "nothing holds the port while the server is down: the holder ended with {}",
                            holder.exitValue());
                }
                holder = null;
            }
            if (holder == null && !line.isEmpty() && ON_LINUX && System.nanoTime() - retryAt >= 0) {
                previousHolder = PortNote.read(home.root()); // of a server before this one
                holder = startHolder();
                lastLine = "";
                holdsPort = false;
            }
            if (holder != null && !line.equals(lastLine)) {
                holder.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                holder.getOutputStream().flush();
                lastLine = line;
            }
            if (holder != null && holder.getInputStream().available() > PortHolder.READY.length()) {
                holder.getInputStream().skipNBytes(PortHolder.READY.length() + 1L);
                holdsPort = true;
                previousHolder
                        .map(PortNote::process)
                        .filter(process -> process.state() == LiveProcess.ProcessState.RUNNING)
                        .flatMap(process -> ProcessHandle.of(process.pid()))
                        .ifPresent(ProcessHandle::destroy);
                previousHolder = Optional.empty();
            }
        } catch (IOException e) {
            LOG.warn("nothing holds the port while the server is down: {}", e.getMessage());
        }
    }

    /** Leaves the holder to itself, as the server's end does: it goes on as long as one of the sessions lives. */
    @Override
    public synchronized void close() {
        if (holder != null) {
            try {
                holder.getOutputStream().close();
            } catch (IOException e) {
                LOG.debug("the holder of the port is gone", e);
            }
            holder = null;
        }
    }

    private Process startHolder() throws IOException {
        return new ProcessBuilder(
                        ServerStarter.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xms2m",
                        "-Xmx8m",
                        "-XX:ReservedCodeCacheSize=4m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortHolder.class.getName(),
                        Integer.toString(port.getAsInt()),
                        home.root().toString())
                .directory(home.root().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
