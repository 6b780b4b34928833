package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.PrivateFiles;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory export} writes all memories as JSON lines. */
@Component
class MemoryExportCommand {

    private static final int PAGE_SIZE = 500;

    private final MemoryTransfer transfer;

    MemoryExportCommand(MemoryTransfer transfer) {
        this.transfer = transfer;
    }

    @Example(
            value = "katra memory export memories.jsonl",
            synonyms = {"export", "dump"})
    @Command(
            name = {"memory", "export"},
            group = Groups.MEMORY,
            description = "Write all memories as JSON lines to a file, or to standard output",
            help = """
                    Everybody's, private ones and superseded revisions included; what was forgotten is not. A file is
                    readable by you alone, and is there whole or not at all.
                    """)
    @Runs(ownerOnly = true)
    void export(Caller caller, @Takes(Takes.ValueKind.FILE) @Argument(index = 0) @Nullable String file) {
        if (file == null || file.equals("-")) {
            long written = write(caller.out());
            caller.out().flush();
            note(caller, written, "");
            return;
        }
        Path target = caller.folder().resolve(file);
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Failure.notFound("there is no folder for " + target).hint("make the folder first: mkdir -p");
        }
        try {
            AtomicLong written = new AtomicLong();
            PrivateFiles.replace(target, fresh -> written.set(writeFile(fresh)));
            note(caller, written.get(), " to " + target);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + target + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private long writeFile(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file);
                PrintWriter lines = new PrintWriter(out)) {
            long written = write(lines);
            if (lines.checkError()) {
                throw new IOException("the disk may be full");
            }
            return written;
        }
    }

    private long write(PrintWriter out) {
        out.println(Json.of(KatraExportFormat.header()));
        long written = 0;
        ExportedMemory.Page page = transfer.export(0, PAGE_SIZE);
        while (!page.last() && !out.checkError()) {
            page.records().forEach(each -> out.println(Json.of(MemoryJson.of(each))));
            written += page.records().size();
            page = transfer.export(page.next(), PAGE_SIZE);
        }
        return written;
    }

    private static void note(Caller caller, long written, String where) {
        caller.note(
                String.format(Locale.ROOT, "exported %,d %s", written, written == 1 ? "memory" : "memories") + where);
    }
}
