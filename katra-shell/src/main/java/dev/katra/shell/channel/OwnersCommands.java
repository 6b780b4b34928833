package dev.katra.shell.channel;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.Version;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server does for the owner of the home over the private socket: it says which server it is, and runs commands
 * for a command line in Java, in frames, and for the entry point's script, which speaks with curl.
 */
public final class OwnersCommands {

    private final Dispatcher dispatcher;
    private final Predicate<Caller> claudeAtHand;
    private final Supplier<?> status;
    private final String secret;
    private final JsonMapper json = JsonMapper.builder().build();

    private OwnersCommands(Dispatcher dispatcher, Predicate<Caller> claudeAtHand, Supplier<?> status, String secret) {
        this.dispatcher = dispatcher;
        this.claudeAtHand = claudeAtHand;
        this.status = status;
        this.secret = secret;
    }

    /**
     * Opens the socket of the home.
     *
     * @param claudeAtHand whether Claude Code is there for a caller, who is sent back to its own process if not
     * @param status says which server this is
     */
    public static PrivateSocket open(
            KatraHome home, Dispatcher dispatcher, Predicate<Caller> claudeAtHand, Supplier<?> status) {
        OwnersCommands commands = new OwnersCommands(dispatcher, claudeAtHand, status, ChannelSecret.of(home));
        return PrivateSocket.open(
                home,
                Map.of(
                        "GET /status", commands::status,
                        "POST /command", commands::framed,
                        "POST /run", commands::scripted));
    }

    private void status(PrivateRequest request, PrivateConnection connection) throws IOException {
        if (refused(request, connection)) {
            return;
        }
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                + json.writeValueAsString(status.get()));
    }

    private void framed(PrivateRequest request, PrivateConnection connection) throws IOException {
        if (refused(request, connection)) {
            return;
        }
        CommandRequest command = json.readValue(request.body().array(), CommandRequest.class);
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n");
        FrameWriter frames = new FrameWriter(connection.stream(), json);
        Caller caller = new Caller(
                command.arguments(),
                command.environment(),
                Path.of(command.folder()),
                Terminal.of(command.terminal()),
                command::input,
                new PrintWriter(frames.stream(text -> new Frame(text, null, null, null)), false),
                new PrintWriter(frames.stream(text -> new Frame(null, text, null, null)), false),
                frames::gone);
        Outcome outcome = dispatcher.dispatch(caller);
        if (outcome instanceof Outcome.Exec exec) {
            frames.write(new Frame(null, null, null, exec.command()));
        } else if (outcome instanceof Outcome.Exit exit) {
            frames.write(new Frame(null, null, exit.code(), null));
        }
    }

    private void scripted(PrivateRequest request, PrivateConnection connection) throws IOException {
        ScriptRequest script;
        try {
            script = ScriptRequest.read(request.body().array());
        } catch (IllegalArgumentException e) {
            PrivateSocket.refuse(connection, "400 Bad Request");
            return;
        }
        if (!ChannelSecret.same(secret, script.secret())) {
            PrivateSocket.nothing(request, connection);
            return;
        }
        if (!script.version().equals(Version.current())) {
            PrivateSocket.refuse(connection, "409 Conflict");
            return;
        }
        ScriptAnswer answer = new ScriptAnswer(connection);
        Caller caller = script.caller(answer.out(), answer.err(), connection::gone);
        Dispatcher.Wants wants = dispatcher.wants(caller);
        String more = (wants.environment() && !script.wholeEnvironment() ? "environment " : "")
                + (wants.input() && !caller.terminal().input() && !script.hasInput() ? "input" : "");
        if (wants.callersProcess() || (wants.claude() && !claudeAtHand.test(caller))) {
            PrivateSocket.refuse(connection, "421 Misdirected Request");
        } else if (!more.isEmpty()) {
            PrivateSocket.refuse(connection, "428 Precondition Required", "X-Katra-Wants: " + more.strip());
        } else {
            answer.begin();
            answer.end(dispatcher.dispatch(wants.input() ? caller : caller.withoutInput()));
        }
    }

    private boolean refused(PrivateRequest request, PrivateConnection connection) throws IOException {
        if (ChannelSecret.same(secret, request.header(ChannelSecret.HEADER))) {
            return false;
        }
        PrivateSocket.nothing(request, connection);
        return true;
    }
}
