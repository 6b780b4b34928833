package dev.katra.shell.backup;

import dev.katra.core.backup.Backup;
import dev.katra.core.backup.BackupManifest;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.console.Version;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra backup} writes the home into one file. */
@Component
class BackupCommand {

    private final Backup backup;

    BackupCommand(Backup backup) {
        this.backup = backup;
    }

    @Example(
            value = "katra backup katra-monday.zip",
            synonyms = {"save", "snapshot"})
    @Command(
            name = "backup",
            group = Groups.KATRA,
            description = "Write everything Katra knows into one file, while it is in use",
            help = """
                    Messages, memories, personas, past sessions, providers.conf and server.properties, as they are at one
                    moment; no tokens, no keys and no conversations of {agent}. katra restore brings it back.
                    """)
    @Runs(ownerOnly = true)
    void backup(Caller caller, @Takes(Takes.ValueKind.FILE) @Argument(index = 0) String file) {
        Path target = caller.folder().resolve(file).normalize();
        BackupManifest contents = backup.write(target, Version.current());
        caller.note("backed up " + summary(contents) + " to " + target);
    }

    static String summary(BackupManifest contents) {
        return String.format(
                Locale.ROOT,
                "%,d %s, %,d %s and %,d %s",
                contents.memories(),
                contents.memories() == 1 ? "memory" : "memories",
                contents.messages(),
                contents.messages() == 1 ? "message" : "messages",
                contents.personas(),
                contents.personas() == 1 ? "persona" : "personas");
    }
}
