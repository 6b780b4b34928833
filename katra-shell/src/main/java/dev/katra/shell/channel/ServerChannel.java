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
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ServerChannel is the command line's end of the private socket. It speaks HTTP/1.0 over a Unix socket in a folder
 * that only the owner can enter, so whoever answers there is the owner's server. java.net.http does not support Unix
 * sockets and takes half a second to load.
 */
public final class ServerChannel {

    /**
     * The maximum time that a server may take to say that it has taken a command. After that it does not take it, and
     * nothing has happened.
     */
    private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(10);

    private final KatraHome home;
    private final JsonMapper json = JsonMapper.shared();

    /** Says that a server listens and does not answer in time. */
    public static final class AnswerTimeoutException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /** Creates the channel to the server of a home. */
    public ServerChannel(KatraHome home) {
        this.home = home;
    }

    /**
     * Sends a GET and returns the body of an answer with status 200; empty if nobody listens, or answers something
     * else.
     *
     * @throws Silence if it is not answered within the limit
     * @throws Failure UNAVAILABLE if this process can open no socket
     */
    public Optional<String> get(String path, Duration limit) throws AnswerTimeoutException {
        try (SocketChannel socket = open();
                Deadline deadline = Deadline.start(limit, socket)) {
            try {
                connect(socket);
                send(socket, "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + secret() + "\r\n", new byte[0]);
                BufferedReader answer = reader(socket);
                int status = status(answer);
                if (Refusal.of(status).isPresent()) {
                    throw new AnswerTimeoutException(); // there is a server, which says nothing now
                }
                return status == 200 ? Optional.of(rest(answer)) : Optional.empty();
            } catch (IOException e) {
                if (deadline.hasPassed()) {
                    throw new AnswerTimeoutException();
                }
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static SocketChannel open() {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw Failure.unavailable("cannot ask whether a server runs: " + e.getMessage())
                    .hint("raise the limit of open files, which ulimit -n shows, and do it again")
                    .cause(e);
        }
    }

    /**
     * Has the server run the command, and relays its output as it comes. The server begins the command only when it is
     * told that its acceptance has arrived, so a command that is not accepted in time never begins.
     *
     * @throws Failure UNAVAILABLE if the server does not take the command, and nothing was done then; or if the answer
     *     is cut, and the command may have been carried out
     */
    public Outcome run(Caller caller, CommandRequest request) {
        byte[] body = json.writeValueAsBytes(request);
        boolean taken = false;
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            BufferedReader answer = sendCommand(socket, body);
            taken = true;
            confirmAcceptance(socket);
            return relay(caller, answer);
        } catch (ClosedByInterruptException e) {
            throw Failure.of(Failure.Code.CANCELLED, "cancelled").cause(e);
        } catch (AnswerTimeoutException e) {
            throw notAnswering(home).cause(e);
        } catch (IOException e) {
            throw taken
                    ? Failure.unavailable("the connection to the server was lost: " + e.getMessage())
                            .hint("the command may have been carried out; see: katra server status")
                            .cause(e)
                    : Failure.unavailable("the server ended before it took the command, and nothing was done")
                            .hint("do it again; see: katra server status")
                            .cause(e);
        }
    }

    private static void confirmAcceptance(SocketChannel socket) throws ClosedByInterruptException {
        try {
            send(socket, "\n", new byte[0]);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // it has left, and what it has said is there to be read
        }
    }

    /** Returns the failure of a server that listens and does not answer. */
    public static Failure notAnswering(KatraHome home) {
        return Failure.unavailable("the server of " + home.root() + " does not answer, and has taken nothing")
                .hint("katra server stop ends it, and the next command starts another");
    }

    private BufferedReader sendCommand(SocketChannel socket, byte[] body) throws IOException, AnswerTimeoutException {
        try (Deadline deadline = Deadline.start(ACCEPT_TIMEOUT, socket)) {
            try {
                connect(socket);
                send(
                        socket,
                        "POST /command HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n" + secret()
                                + "Content-Length: " + body.length + "\r\n\r\n",
                        body);
                BufferedReader answer = reader(socket);
                int status = status(answer);
                Optional<Refusal> refusal = Refusal.of(status);
                if (refusal.isPresent()) {
                    throw refusal.get().failure();
                }
                if (status != 200) {
                    throw Failure.unavailable("the server answered with status " + status)
                            .hint("see: katra server logs");
                }
                return answer;
            } catch (IOException e) {
                if (deadline.hasPassed()) {
                    throw new AnswerTimeoutException();
                }
                throw e;
            }
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

    private void connect(SocketChannel socket) throws IOException {
        try (SocketPath path = SocketPath.to(home.socket())) {
            socket.connect(path.address());
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

    /** Reads the head of the answer and returns its status. */
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
