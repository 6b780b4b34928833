package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra server …}: the server's life. */
@Component
class ServerCommand {

    private static final long LOOK_NANOS = 200_000_000L;

    private final ServerStarter starter;

    ServerCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Command(
            name = {"server", "start"},
            group = Groups.KATRA,
            description = "Start the server (commands do it when they need it)")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void start(
            Caller caller,
            @Option(longName = "port", description = "the home's port from now on; 0 takes a free one") @Nullable
                    Integer port) {
        Optional<ServerFile> running = starter.running(caller.home());
        if (running.isPresent()
                && port != null
                && port != 0
                && port != running.get().port()) {
            throw Failure.conflict("the server runs on port " + running.get().port())
                    .hint("katra server stop, and then start it on port " + port);
        }
        ServerFile server = running.isPresent() ? running.get() : starter.start(caller, Optional.ofNullable(port));
        caller.print("running on " + server.uri() + " (pid " + server.pid() + ")");
    }

    @Command(
            name = {"server", "stop"},
            group = Groups.KATRA,
            description = "Stop the server; sessions go on")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void stop(Caller caller) {
        caller.print(starter.stop(caller.home()) ? "stopped" : "was not running");
    }

    @Command(
            name = {"server", "status"},
            group = Groups.KATRA,
            description = "Say whether the server runs, and where")
    @Runs(at = Runs.Where.CALLER)
    Outcome status(Caller caller, @Option(longName = "json", description = "print an object") boolean json) {
        Optional<ServerFile> running = starter.running(caller.home());
        if (running.isEmpty()) {
            caller.print(json ? Json.of(Map.of("running", false)) : "not running");
            return new Outcome.Exit(ExitCode.NOT_FOUND);
        }
        ServerFile server = running.get();
        caller.print(
                json
                        ? Json.of(Map.of(
                                "running", true, "pid", server.pid(), "uri", server.uri(), "version", server.version()))
                        : "running on " + server.uri() + " (pid " + server.pid() + ", version " + server.version()
                                + ")");
        return Outcome.OK;
    }

    @Command(
            name = {"server", "logs"},
            group = Groups.KATRA,
            description = "Print the end of the server's log")
    @Runs(at = Runs.Where.CALLER)
    void logs(
            Caller caller,
            @Option(longName = "lines", defaultValue = "50", description = "how many lines (default 50)") Integer lines,
            @Option(longName = "follow", shortName = 'f', description = "go on printing, until Ctrl-C") boolean follow)
            throws IOException {
        if (lines < 0) {
            throw Failure.invalid("--lines takes how many lines, and " + lines + " is no such number");
        }
        Path log = caller.home().serverLog();
        long read = 0;
        for (Path file : List.of(log.resolveSibling("server.out"), log)) {
            if (Files.exists(file)) {
                List<String> all = Files.readAllLines(file, StandardCharsets.UTF_8);
                all.subList(Math.max(0, all.size() - lines), all.size()).forEach(caller::print);
                read = file.equals(log) ? Files.size(file) : read;
            }
        }
        if (!Files.exists(log) && !follow) {
            caller.note("there is no log yet in " + caller.home().logs());
        }
        while (follow && !caller.gone().getAsBoolean()) {
            read = more(caller, log, read);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long more(Caller caller, Path log, long from) throws IOException {
        if (!Files.exists(log) || Files.size(log) == from) {
            return from;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = file.length() < from ? 0 : from; // it was rolled over
            byte[] fresh = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(fresh);
            caller.out().print(new String(fresh, StandardCharsets.UTF_8));
            caller.out().flush();
            return start + fresh.length;
        }
    }
}
