package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line's end of the private channel: HTTP/1.0 over a Unix socket in a folder that only the owner can enter,
 * so whoever answers there is the owner's server. java.net.http knows no Unix sockets and costs half a second to load.
 */
public final class ServerChannel {

    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final KatraHome home;
    private final JsonMapper json = JsonMapper.builder().build();

    /** The channel of a home. */
    public ServerChannel(KatraHome home) {
        this.home = home;
    }

    /** The body of a GET that was answered with 200; empty if nobody answers. */
    public Optional<String> get(String path) {
        Thread watch = null;
        try (SocketChannel socket = connect()) {
            watch = closeAfter(socket, ANSWER);
            send(socket, "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + secret() + "\r\n", new byte[0]);
            BufferedReader answer = reader(socket);
            return status(answer) == 200 ? Optional.of(rest(answer)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            if (watch != null) {
                watch.interrupt();
            }
        }
    }

    /** A server that hangs is one that does not answer: a Unix socket knows no timeout. */
    private static Thread closeAfter(SocketChannel socket, Duration limit) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(limit.toMillis());
                        socket.close();
                    } catch (InterruptedException | IOException e) {
                        // answered in time, or closed already
                    }
                },
                "katra-answer-watch");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Has the server run the command, and relays its output as it comes.
     *
     * @throws Failure UNAVAILABLE if the answer is cut; the command may have been carried out then
     */
    public Outcome run(Caller caller, CommandRequest request) {
        byte[] body = json.writeValueAsBytes(request);
        try (SocketChannel socket = connect()) {
            send(
                    socket,
                    "POST /command HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n" + secret()
                            + "Content-Length: " + body.length + "\r\n\r\n",
                    body);
            BufferedReader answer = reader(socket);
            int status = status(answer);
            if (status != 200) {
                throw Failure.unavailable("the server answered with status " + status)
                        .hint("see: katra server logs");
            }
            return relay(caller, answer);
        } catch (ClosedByInterruptException e) {
            throw Failure.of(Failure.Code.CANCELLED, "cancelled").cause(e);
        } catch (IOException e) {
            throw Failure.unavailable("the connection to the server was lost: " + e.getMessage())
                    .hint("the command may have been carried out; see: katra server status")
                    .cause(e);
        }
    }

    private Outcome relay(Caller caller, BufferedReader answer) throws IOException {
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            Frame frame = frame(line);
            if (frame.out() != null) {
                caller.out().print(frame.out());
                if (caller.out().checkError()) {
                    return new Outcome.Exit(ExitCode.BROKEN_PIPE); // and the closed connection ends the command
                }
            } else if (frame.err() != null) {
                caller.err().print(frame.err());
                caller.err().flush();
            } else if (frame.exit() != null) {
                return new Outcome.Exit(frame.exit());
            } else if (frame.exec() != null) {
                return new Outcome.Exec(frame.exec());
            }
        }
        throw new IOException("the answer has no end");
    }

    private Frame frame(String line) throws IOException {
        try {
            return json.readValue(line, Frame.class);
        } catch (JacksonException e) {
            throw new IOException("the answer was cut in the middle of a line", e);
        }
    }

    private String secret() {
        return ChannelSecret.HEADER + ": " + ChannelSecret.of(home) + "\r\n";
    }

    private SocketChannel connect() throws IOException {
        try (SocketPath path = SocketPath.to(home.socket())) {
            return SocketChannel.open(path.address());
        }
    }

    private static void send(SocketChannel socket, String head, byte[] body) throws IOException {
        OutputStream out = Channels.newOutputStream(socket);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static BufferedReader reader(SocketChannel socket) {
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
    }

    /** Reads the head of the answer. */
    private static int status(BufferedReader answer) throws IOException {
        String first = answer.readLine();
        if (first == null || !first.startsWith("HTTP/1.")) {
            throw new IOException("no answer");
        }
        for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
            // headers say nothing that is needed here
        }
        return Integer.parseInt(first.split(" ", 3)[1]);
    }

    private static String rest(BufferedReader answer) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = answer.read(); c >= 0; c = answer.read()) {
            text.append((char) c);
        }
        return text.toString();
    }
}
