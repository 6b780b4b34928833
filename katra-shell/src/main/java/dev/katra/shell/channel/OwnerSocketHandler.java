package dev.katra.shell.channel;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Version;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles the requests of the home's owner on the private socket: it says which server this is, and runs commands for the
 * entry point's script, which speaks with curl, and for a command line in Java.
 */
public final class OwnerSocketHandler {

    /** The maximum number of commands that run at once, those included that wait, such as {@code katra hear --follow}. */
    static final int MAX_RUNNING = 512;

    private final Semaphore running = new Semaphore(MAX_RUNNING);
    private final Dispatcher dispatcher;
    private final Predicate<Caller> agentAvailable;
    private final Supplier<?> status;
    private final KatraHome home;
    private final JsonMapper json = JsonMapper.shared();

    private OwnerSocketHandler(
            Dispatcher dispatcher, Predicate<Caller> agentAvailable, Supplier<?> status, KatraHome home) {
        this.dispatcher = dispatcher;
        this.agentAvailable = agentAvailable;
        this.status = status;
        this.home = home;
    }

    /**
     * Opens the private socket of the home.
     *
     * @param agentAvailable whether the agent is there for a caller, who is sent back to its own process if not
     * @param status says which server this is
     */
    public static PrivateSocket open(
            KatraHome home, Dispatcher dispatcher, Predicate<Caller> agentAvailable, Supplier<?> status) {
        ChannelSecret.of(home); // a home without one is not asked by the entry point
        OwnerSocketHandler commands = new OwnerSocketHandler(dispatcher, agentAvailable, status, home);
        return PrivateSocket.open(
                home,
                Map.of("GET /status", commands::handleStatus, "POST /run", commands.limited(commands::handleCommand)));
    }

    private PrivateSocket.Service limited(PrivateSocket.Service command) {
        return (request, connection) -> {
            if (!running.tryAcquire()) {
                Refusal.TOO_MANY.send(connection);
                return;
            }
            try {
                command.serve(request, connection);
            } finally {
                running.release();
            }
        };
    }

    private void handleStatus(PrivateRequest request, PrivateConnection connection) throws IOException {
        if (!ChannelSecret.matches(ChannelSecret.of(home), request.header(ChannelSecret.HEADER))) {
            PrivateSocket.sendNotFound(request, connection);
            return;
        }
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                + json.writeValueAsString(status.get()));
    }

    private void handleCommand(PrivateRequest request, PrivateConnection connection) throws IOException {
        CommandRequest command;
        try {
            command = CommandRequest.read(request.body().array());
        } catch (IllegalArgumentException e) {
            PrivateSocket.sendStatus(connection, "400 Bad Request");
            return;
        }
        if (!ChannelSecret.matches(ChannelSecret.of(home), command.secret())) {
            PrivateSocket.sendNotFound(request, connection);
            return;
        }
        if (!command.version().equals(Version.current())) {
            PrivateSocket.sendStatus(connection, "409 Conflict");
            return;
        }
        CommandAnswer answer = new CommandAnswer(connection);
        Caller caller = command.caller(answer.out(), answer.err(), connection::isDisconnected);
        Dispatcher.CommandNeeds wants = dispatcher.needsOf(caller);
        String more = (wants.environment() && !command.environment().whole() ? "environment " : "")
                + (wants.input() && !caller.terminal().input() && command.input() == null ? "input" : "");
        if (wants.callersProcess() || (wants.agent() && !hasAgent(caller))) {
            PrivateSocket.sendStatus(connection, "421 Misdirected Request");
        } else if (!more.isEmpty()) {
            PrivateSocket.sendStatus(connection, "428 Precondition Required", "X-Katra-Wants: " + more.strip());
        } else {
            if (answer.accept()) {
                answer.end(dispatcher.dispatch(wants.input() ? caller : caller.withoutInput()));
            }
        }
    }

    /**
     * Returns whether the agent is there for the caller. It is false also where looking for it fails, because the
     * caller's own process reports that.
     */
    private boolean hasAgent(Caller caller) {
        try {
            return agentAvailable.test(caller);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
