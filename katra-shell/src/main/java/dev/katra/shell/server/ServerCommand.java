package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.plan.LaunchPlans;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
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

/** The commands {@code katra server …} start and stop the server, and show its status and its log. */
@Component
class ServerCommand {

    private static final int MAX_TAIL_BYTES = 8 * 1024 * 1024;
    private static final long POLL_NANOS = 200_000_000L;

    private final ServerStarter starter;

    ServerCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Example(
            value = "katra server start",
            synonyms = {"serve", "daemon"})
    @Command(
            name = {"server", "start"},
            group = Groups.KATRA,
            description = "Start the server (commands do it when they need it)")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void start(
            Caller caller,
            @Takes(Takes.ValueKind.PORT)
                    @Option(longName = "port", description = "the home's port from now on; 0 takes a free one")
                    @Nullable
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

    @Example(
            value = "katra server stop",
            synonyms = {"shutdown"})
    @Command(
            name = {"server", "stop"},
            group = Groups.KATRA,
            description = "Stop the server; sessions go on")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void stop(Caller caller) {
        caller.print(starter.stop(caller.home()) ? "stopped" : "was not running");
        int sessions;
        try {
            sessions = LaunchPlans.countRunning(caller.home().sessions());
        } catch (Failure e) {
            caller.note("katra: which sessions go on is not known: " + e.text());
            return;
        }
        if (sessions > 0) {
            caller.note("katra: " + (sessions == 1 ? "1 session goes" : sessions + " sessions go")
                    + " on without mail and memory, and on the route gateway without its model; nobody else gets the"
                    + " port meanwhile\n\nhint: katra server start, or end them: katra stop --all");
        }
    }

    @Example(
            value = "katra server status",
            synonyms = {"status"})
    @Command(
            name = {"server", "status"},
            group = Groups.KATRA,
            description = "Say whether the server runs, and where")
    @Runs(at = Runs.Where.CALLER)
    Outcome status(Caller caller, @OptionText("an object") OutputFormat format) {
        Optional<ServerFile> running = starter.running(caller.home());
        if (running.isEmpty()) {
            caller.print(format.json() ? Json.of(Map.of("running", false)) : "not running");
            return new Outcome.Exit(ExitCode.NOT_FOUND);
        }
        ServerFile server = running.get();
        caller.print(
                format.json()
                        ? Json.of(Map.of(
                                "running", true, "pid", server.pid(), "uri", server.uri(), "version", server.version()))
                        : "running on " + server.uri() + " (pid " + server.pid() + ", version " + server.version()
                                + ")");
        return Outcome.OK;
    }

    @Example(
            value = "katra server logs --follow",
            synonyms = {"logs", "log", "tail"})
    @Command(
            name = {"server", "logs"},
            group = Groups.KATRA,
            description = "Print the end of the server's log")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void logs(
            Caller caller,
            @Takes(Takes.ValueKind.COUNT)
                    @Option(longName = "lines", defaultValue = "50", description = "how many lines (default 50)")
                    Integer lines,
            @Option(longName = "follow", shortName = 'f', description = "go on printing, until Ctrl-C") boolean follow)
            throws IOException {
        if (lines < 0) {
            throw Failure.invalid("--lines " + lines + " is not a number of lines")
                    .hint("katra server logs --lines 50");
        }
        Path log = caller.home().serverLog();
        long read = 0;
        for (Path file : List.of(log.resolveSibling("server.out"), log)) {
            if (Files.exists(file)) {
                byte[] end = tail(file);
                List<String> all =
                        new String(end, StandardCharsets.UTF_8).lines().toList();
                all.subList(Math.max(0, all.size() - lines), all.size()).forEach(caller::print);
                read = file.equals(log) ? Files.size(file) : read;
            }
        }
        if (!Files.exists(log) && !follow) {
            caller.note("there is no log yet in " + caller.home().logs());
        }
        while (follow && !caller.isDisconnected()) {
            read = printNew(caller, log, read);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns the end of a file, as much as is worth reading. They are bytes, because a log has any. */
    private static byte[] tail(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(in.length(), MAX_TAIL_BYTES)];
            in.seek(in.length() - end.length);
            in.readFully(end);
            return end;
        }
    }

    private static long printNew(Caller caller, Path log, long from) throws IOException {
        if (!Files.exists(log) || Files.size(log) == from) {
            return from;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = file.length() < from ? 0 : from; // it was rolled over
            byte[] fresh = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(fresh);
            int whole = fresh.length;
            while (whole > 0 && fresh[whole - 1] != '\n') {
                whole--; // the rest of a line comes with its end
            }
            new String(fresh, 0, whole, StandardCharsets.UTF_8).lines().forEach(caller::print);
            return start + whole;
        }
    }
}
