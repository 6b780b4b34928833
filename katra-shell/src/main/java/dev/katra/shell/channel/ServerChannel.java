package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A ServerChannel is the command line's end of the private socket. It speaks HTTP, as the entry point's script does,
 * over a Unix socket in a folder that only the owner can enter, so whoever answers there is the owner's server.
 * java.net.http does not support Unix sockets and takes half a second to load.
 */
public final class ServerChannel {

    /**
     * The maximum time that a server may take to say that it has taken a command. After that it does not take it, and
     * nothing has happened.
     */
    private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(10);

    private final KatraHome home;

    /** Says that a server listens and does not give the answer: in time, or because it refuses to. */
    public static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Failure failure;

        private NoAnswerException(Failure failure) {
            super(failure.text(), failure);
            this.failure = failure;
        }

        /** Returns the failure that tells a person what the server says, or that it says nothing. */
        public Failure failure() {
            return failure;
        }
    }

    /** Creates the channel to the server of a home. */
    public ServerChannel(KatraHome home) {
        this.home = home;
    }

    /**
     * Sends a GET and returns the body of an answer with status 200; empty if nobody listens, or answers something
     * else.
     *
     * @throws NoAnswerException if it is not answered within the limit, or refused
     * @throws Failure UNAVAILABLE if this process can open no socket
     */
    public Optional<String> get(String path, Duration limit) throws NoAnswerException {
        try (SocketChannel socket = open();
                Deadline deadline = Deadline.start(limit, socket)) {
            try {
                connect(socket);
                send(
                        socket,
                        "GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + ChannelSecret.HEADER + ": "
                                + ChannelSecret.of(home) + "\r\n\r\n",
                        new byte[0]);
                AnswerReader answer = new AnswerReader(Channels.newInputStream(socket));
                int status = answer.status();
                Optional<Refusal> refusal = Refusal.of(status);
                if (refusal.isPresent()) {
                    throw new NoAnswerException(refusal.get().failure());
                }
                return status == 200 ? Optional.of(answer.rest()) : Optional.empty();
            } catch (IOException e) {
                if (deadline.hasPassed()) {
                    throw new NoAnswerException(notAnswering(home));
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
     * asked for the output, so a command that is not accepted in time never begins.
     *
     * @throws Failure UNAVAILABLE if the server does not take the command, and nothing was done then; or if the answer
     *     is cut, and the command may have been carried out
     */
    public Outcome run(Caller caller, CommandRequest request) {
        byte[] body = request.body();
        boolean taken = false;
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            AnswerReader answer = sendCommand(socket, body);
            taken = true;
            return relay(caller, socket, answer);
        } catch (ClosedByInterruptException e) {
            throw Failure.of(Failure.Code.CANCELLED, "cancelled").cause(e);
        } catch (NoAnswerException e) {
            throw e.failure();
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

    /** Returns the failure of a server that listens and does not answer. */
    private static Failure notAnswering(KatraHome home) {
        return Failure.unavailable("the server of " + home.root() + " does not answer, and has taken nothing")
                .hint("katra server stop ends it, and the next command starts another");
    }

    private AnswerReader sendCommand(SocketChannel socket, byte[] body) throws IOException, NoAnswerException {
        try (Deadline deadline = Deadline.start(ACCEPT_TIMEOUT, socket)) {
            try {
                connect(socket);
                send(socket, "POST /run HTTP/1.1\r\nContent-Length: " + body.length + "\r\n\r\n", body);
                AnswerReader answer = new AnswerReader(Channels.newInputStream(socket));
                int status = answer.status();
                Optional<Refusal> refusal = Refusal.of(status);
                if (refusal.isPresent()) {
                    throw refusal.get().failure();
                }
                if (status == 409 || status == 404 || status == 400) { // or of another build of this version
                    throw Failure.unavailable("a server of another version has this home by now; nothing was done")
                            .hint("do it again; see: katra server status");
                }
                if (status == 421) {
                    throw Failure.unavailable("the server does not find the agent that is installed here")
                            .hint("see: katra doctor");
                }
                if (status != 200) {
                    throw Failure.unavailable("the server answered with status " + status)
                            .hint("see: katra server logs");
                }
                return answer;
            } catch (IOException e) {
                if (deadline.hasPassed()) {
                    throw new NoAnswerException(notAnswering(home));
                }
                throw e;
            }
        }
    }

    private static Outcome relay(Caller caller, SocketChannel socket, AnswerReader answer) throws IOException {
        char[] text = new char[8 * 1024];
        while (true) {
            requestOutput(socket);
            if (answer.status() != 200) {
                throw new IOException("the answer has no end");
            }
            Reader body = answer.body();
            for (int length = body.read(text); length >= 0; length = body.read(text)) {
                caller.out().write(text, 0, length);
                if (caller.out().checkError()) {
                    return new Outcome.Exit(ExitCode.BROKEN_PIPE); // and the closed connection ends the command
                }
            }
            caller.err().print(answer.error());
            caller.err().flush();
            Optional<Outcome> end = answer.end();
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** Asks for the next answer; the first time this has the server begin the command. */
    private static void requestOutput(SocketChannel socket) throws ClosedByInterruptException {
        try {
            send(socket, "GET /more HTTP/1.1\r\n\r\n", new byte[0]);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // it has left, and what it has said is there to be read
        }
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
}
