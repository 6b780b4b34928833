package dev.katra.shell.channel;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Terminal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's end of the private channel: runs a caller's command and streams its output as frames.
 */
public final class CommandServlet extends OwnerServlet {

    private final transient Dispatcher dispatcher;
    private final transient JsonMapper json = JsonMapper.builder().build();

    /** A servlet that runs commands with this dispatcher. */
    public CommandServlet(Dispatcher dispatcher, String secret) {
        super(secret);
        this.dispatcher = dispatcher;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CommandRequest command = json.readValue(request.getInputStream(), CommandRequest.class);
        response.setContentType("application/x-ndjson");
        response.setCharacterEncoding("UTF-8");
        FrameWriter frames = new FrameWriter(response.getOutputStream(), json);
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
}
