package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ImportCounts;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.persona.Actor;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra memory import} takes memories in from a file. */
@Component
class MemoryImportCommand {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    /** The maximum size of a file of Markdown, in bytes; it is read whole. */
    private static final long MAX_TEXT_BYTES = 8L * 1024 * 1024;

    private static final String STANDARD_INPUT = "standard input";

    private final AgentMemory agent;
    private final MemoryTransfer transfer;
    private final ActorResolver actors;
    private final Clock clock;

    MemoryImportCommand(AgentMemory agent, MemoryTransfer transfer, ActorResolver actors, Clock clock) {
        this.agent = agent;
        this.transfer = transfer;
        this.actors = actors;
        this.clock = clock;
    }

    @Example(
            value = "katra memory import --from {agent-command} {agent-folder}",
            synonyms = {"import"})
    @Command(
            name = {"memory", "import"},
            group = Groups.MEMORY,
            description = "Add the memories of a file: Katra's own, {agent}'s or server-memory's",
            help = """
                    --from katra          JSON lines, as katra memory export writes them (the default)
                    --from {agent-command}         {agent-file}, another Markdown file, a folder with a project's memory, or a
                                          configuration folder of {agent}; without FILE it is {agent-folder}
                    --from server-memory  the JSON lines of the MCP server "memory"

                    Without FILE, or with "-", standard input is read. What is here already stays as it is, so the same
                    file may be imported again. What cannot be imported is told on standard error, and the exit code is 2.
                    """)
    @Runs(readsInput = true, ownerOnly = true)
    Outcome importFrom(
            Caller caller,
            @Takes(Takes.ValueKind.MEMORY_FORMAT)
                    @Option(
                            longName = "from",
                            defaultValue = "katra",
                            description = "katra (default), {agent-command} or server-memory")
                    String from,
            @OptionText("the author where none is named") ActingAs as,
            @OptionText("the numbers as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.FILE) @Argument(index = 0) @Nullable String file) {
        Actor actor = actors.resolve(caller, as.name());
        MemoryAuthor author = new MemoryAuthor(actor.persona(), actor.human());
        ImportBatch intake = new ImportBatch(transfer::importAll, caller);
        read(caller, from, file, author, intake);
        ImportCounts imported = intake.finish();
        int masked = imported.masked();
        if (masked > 0) {
            caller.note("katra: masked the secrets in " + masked + (masked == 1 ? " memory" : " memories")
                    + " (katra.secrets in server.properties changes that)");
        }
        int refused = intake.refused();
        caller.print(
                format.json()
                        ? Json.of(new ImportCountsJson(imported.added(), imported.known(), refused))
                        : "imported " + imported.added() + ", known already " + imported.known()
                                + (refused == 0 ? "" : ", not imported " + refused));
        return refused == 0 ? Outcome.OK : new Outcome.Exit(ExitCode.INVALID);
    }

    private void read(Caller caller, String from, @Nullable String file, MemoryAuthor author, ImportBatch intake) {
        if (from.equals("katra")) {
            lines(
                    caller,
                    file,
                    intake,
                    (text, name, at) -> KatraExportFormat.read(text, name, author, clock.instant(), intake));
        } else if (from.equals("server-memory")) {
            lines(caller, file, intake, (text, name, at) -> ServerMemoryReader.read(text, name, author, at, intake));
        } else if (from.equals(agent.format())) {
            agentMemory(caller, file, author, intake);
        } else {
            throw Failure.invalid("memories cannot be imported from \"" + from + "\"")
                    .hint("--from takes katra, " + agent.format() + " or server-memory");
        }
    }

    /** Counts what came of an import, for {@code --json}. */
    record ImportCountsJson(int added, int known, int refused) {}

    private record Text(String name, String text, Instant at) {

        private Text {
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }

        private AgentMemory.MemoryText memory(@Nullable String project) {
            return new AgentMemory.MemoryText(name, text, at, project);
        }
    }

    /** Reads a text that is not held whole, and was written at that time. */
    @FunctionalInterface
    private interface StreamImport {
        void read(InputStream text, String name, Instant at) throws IOException;
    }

    private void lines(Caller caller, @Nullable String file, ImportBatch intake, StreamImport reading) {
        if (file == null || file.equals("-")) {
            Text text = text(caller, file);
            byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
            read(STANDARD_INPUT, intake, () -> reading.read(new ByteArrayInputStream(bytes), text.name(), text.at()));
            return;
        }
        Path path = path(caller, file);
        read(path.toString(), intake, () -> {
            try (InputStream text = Files.newInputStream(path)) {
                reading.read(
                        text, path.toString(), Files.getLastModifiedTime(path).toInstant());
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void read(String what, ImportBatch intake, Task task) {
        try {
            task.run();
        } catch (IOException e) {
            int added = intake.finish().added();
            throw Failure.unavailable("cannot read " + what + ": " + e.getMessage()
                            + (added == 0 ? "" : "; imported " + added + " before that"))
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private void agentMemory(Caller caller, @Nullable String file, MemoryAuthor author, ImportBatch intake) {
        if (file != null && file.equals("-")) {
            agent.read(text(caller, file).memory(null), author, intake);
            return;
        }
        Path path = file == null ? agent.folder(Path.of(caller.variable("HOME"))) : path(caller, file);
        for (AgentMemory.MemoryFile each : agent.files(path)) {
            try {
                agent.read(text(each.path()).memory(each.project()), author, intake);
            } catch (Failure e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
                intake.refuse(each.path().toString(), e);
            }
        }
    }

    private Text text(Caller caller, @Nullable String file) {
        return file == null || file.equals("-")
                ? new Text(STANDARD_INPUT, CommandText.of(caller, List.of(), "what is to be imported"), clock.instant())
                : text(path(caller, file));
    }

    private static Text text(Path path) {
        try {
            if (Files.size(path) > MAX_TEXT_BYTES) {
                throw Failure.invalid(path + " is larger than " + MAX_TEXT_BYTES / 1024 / 1024 + " MiB")
                        .hint("a memory is 64 KiB at most: is it the right file?");
            }
            return new Text(
                    path.toString(),
                    Files.readString(path),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (MalformedInputException e) {
            throw Failure.invalid(path + " is not text in UTF-8")
                    .hint("convert it: iconv -t UTF-8")
                    .cause(e);
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + path + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static Path path(Caller caller, String file) {
        Path path = caller.folder().resolve(file);
        if (!Files.exists(path)) {
            throw Failure.notFound("there is no file " + path)
                    .hint("katra memory import PATH, or - for standard input");
        }
        return path;
    }
}
