package dev.katra.shell.server;

import dev.katra.launcher.process.LiveProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs as a small process that keeps the home's port from other users of the machine for as long as sessions live: they send
 * their tokens and keys there, also while the server is down. It has the port bound and does not listen, so that nobody
 * is answered then.
 *
 * <p>The server tells it on standard input which sessions live, a line each time: {@code PID MARK PID MARK …}. It ends
 * with the last of them, whether the server is there or not.
 */
public final class PortHolder {

    /** The line that says on standard output that the port is held. */
    static final String READY = "held";

    private static final long POLL_NANOS = Duration.ofSeconds(3).toNanos();

    private PortHolder() {}

    /**
     * Holds a port on loopback, and writes a note of that into the home: the next server must know of it, whatever
     * becomes of this one.
     *
     * @param arguments the port and the home
     */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        try (SocketChannel held = SocketChannel.open()) {
            held.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            held.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            PortNote.ofThisProcess(port).write(Path.of(arguments[1]));
            System.out.println(READY);
            System.out.flush();
            List<LiveProcess> sessions = readSessions();
            while (sessions.stream().anyMatch(LiveProcess::mayRun)) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static List<LiveProcess> readSessions() throws IOException {
        List<LiveProcess> sessions = List.of();
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            sessions = sessions(line);
            // Once now, so that what this needs is loaded: the program's files may be others when the server is gone.
            sessions.forEach(LiveProcess::mayRun);
            if (sessions.isEmpty()) {
                break;
            }
        }
        return sessions;
    }

    private static List<LiveProcess> sessions(String line) {
        String[] words = line.strip().split(" ", -1);
        List<LiveProcess> sessions = new ArrayList<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            sessions.add(new LiveProcess(Long.parseLong(words[i]), words[i + 1]));
        }
        return sessions;
    }
}
