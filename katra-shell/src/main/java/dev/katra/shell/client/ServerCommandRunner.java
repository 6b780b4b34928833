package dev.katra.shell.client;

import dev.katra.core.failure.Failure;
import dev.katra.shell.channel.CommandRequest;
import dev.katra.shell.channel.CommandRequest.SentEnvironment;
import dev.katra.shell.channel.ServerChannel;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.RemoteCommandRunner;
import dev.katra.shell.console.Runs;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs commands inside the server of the caller's home, which it starts if need be. */
public final class ServerCommandRunner implements RemoteCommandRunner {

    /** The variables that every command may need. The rest of an environment goes only to commands that ask for it. */
    private static final Set<String> BASIC_VARIABLES = Set.of(
            "HOME",
            "USER",
            "LOGNAME",
            "PATH",
            "SHELL",
            "TERM",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "NO_COLOR",
            "COLUMNS",
            "TZ",
            "TMUX",
            "TMUX_TMPDIR",
            "TMUX_PANE");

    private final ServerStarter starter;

    /** Creates the commands for the server that this starter finds or starts. */
    public ServerCommandRunner(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Outcome run(Caller caller, Runs needs) {
        starter.ensureRunning(caller);
        CommandRequest request = CommandRequest.of(
                caller,
                needs.wholeEnvironment()
                        ? new SentEnvironment(caller.environment(), true)
                        : new SentEnvironment(basicVariables(caller.environment()), false),
                needs.readsInput() ? input(caller) : null);
        return new ServerChannel(caller.home()).run(caller, request);
    }

    private static Map<String, String> basicVariables(Map<String, String> environment) {
        Map<String, String> part = new HashMap<>();
        environment.forEach((name, value) -> {
            if (BASIC_VARIABLES.contains(name) || name.startsWith("KATRA_")) {
                part.put(name, value);
            }
        });
        return part;
    }

    private static @Nullable ByteBuffer input(Caller caller) {
        if (caller.terminal().input()) {
            return null; // a terminal is not read to its end
        }
        try {
            String input = caller.input().readAll();
            if (input.length() > CommandRequest.MAX_INPUT_BYTES) {
                throw CommandRequest.inputTooLarge();
            }
            return ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Failure.unavailable("cannot read standard input: " + e.getMessage())
                    .hint("give the text as words, or a file: < FILE")
                    .cause(e);
        }
    }
}
