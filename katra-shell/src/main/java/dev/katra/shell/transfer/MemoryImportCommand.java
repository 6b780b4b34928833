package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.Imported;
import dev.katra.core.memory.Transfer;
import dev.katra.core.persona.Actor;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import dev.katra.shell.room.Speakers;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
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

/** {@code katra memory import}: takes memories in from a file. */
@Component
class MemoryImportCommand {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String STANDARD_INPUT = "standard input";

    private final Transfer transfer;
    private final Speakers speakers;
    private final Clock clock;

    MemoryImportCommand(Transfer transfer, Speakers speakers, Clock clock) {
        this.transfer = transfer;
        this.speakers = speakers;
        this.clock = clock;
    }

    @Command(
            name = {"memory", "import"},
            group = Groups.MEMORY,
            description = "Add the memories of a file: Katra's own, Claude Code's or server-memory's",
            help = """
                    --from katra          JSON lines, as katra memory export writes them (the default)
                    --from claude         CLAUDE.md, another Markdown file, a folder with a project's memory, or a
                                          configuration folder of Claude Code; without FILE it is ~/.claude
                    --from server-memory  the JSON lines of the MCP server "memory"

                    Without FILE, or with "-", standard input is read. What is here already stays as it is, so the same
                    file may be imported again. What cannot be imported is told on standard error, and the exit code is 2.
                    """)
    @Runs(readsInput = true, ownerOnly = true)
    Outcome importFrom(
            Caller caller,
            @Option(longName = "from", defaultValue = "katra", description = "katra (default), claude or server-memory")
                    String from,
            @Option(
                            longName = "as",
                            description = "the author where none is named (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print the numbers as JSON") boolean json,
            @Argument(index = 0) @Nullable String file) {
        Actor actor = speakers.of(caller, as);
        Author author = new Author(actor.persona(), actor.human());
        Intake intake = new Intake(transfer::importAll, caller);
        switch (from) {
            case "katra" -> {
                Text text = text(caller, file);
                KatraLines.read(text.lines(), text.name(), author, clock.instant(), intake);
            }
            case "claude" -> claude(caller, file, new ClaudeMemory(author, intake), intake);
            case "server-memory" -> {
                Text text = text(caller, file);
                ServerMemory.read(text.lines(), text.name(), author, text.at(), intake);
            }
            default ->
                throw Failure.invalid("memories cannot be imported from \"" + from + "\"")
                        .hint("--from takes katra, claude or server-memory");
        }
        Imported imported = intake.finish();
        int refused = intake.refused();
        caller.print(
                json
                        ? Json.of(new Counted(imported.added(), imported.known(), refused))
                        : "imported " + imported.added() + ", known already " + imported.known()
                                + (refused == 0 ? "" : ", not imported " + refused));
        return refused == 0 ? Outcome.OK : new Outcome.Exit(ExitCode.INVALID);
    }

    /** What came of it, for scripts. */
    record Counted(int added, int known, int refused) {}

    private record Text(String name, String text, Instant at) {

        private Text {
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }

        List<String> lines() {
            return text.lines().toList();
        }
    }

    private void claude(Caller caller, @Nullable String file, ClaudeMemory memory, Intake intake) {
        if (file != null && file.equals("-")) {
            Text text = text(caller, file);
            memory.read(text.name(), text.text(), text.at(), null);
            return;
        }
        Path path = file == null ? Path.of(caller.variable("HOME"), ".claude") : path(caller, file);
        for (ClaudeFolder.MemoryFile each : ClaudeFolder.files(path)) {
            try {
                Text text = text(each.path());
                memory.read(each.path().toString(), text.text(), text.at(), each.project());
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
                ? new Text(STANDARD_INPUT, Texts.of(caller, List.of(), "what is to be imported"), clock.instant())
                : text(path(caller, file));
    }

    private static Text text(Path path) {
        try {
            return new Text(
                    path.toString(),
                    Files.readString(path),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (MalformedInputException e) {
            throw Failure.invalid(path + " is no text in UTF-8").cause(e);
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + path + ": " + e.getMessage())
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
