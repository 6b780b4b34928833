package dev.katra.shell.memory;

import dev.katra.core.search.IndexBuilder;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory reindex} makes the indexes of the search anew. */
@Component
class MemoryReindexCommand {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final IndexBuilder rebuild;
    private final Clock clock;

    MemoryReindexCommand(IndexBuilder rebuild, Clock clock) {
        this.rebuild = rebuild;
        this.clock = clock;
    }

    @Example(
            value = "katra memory reindex",
            synonyms = {"reindex"})
    @Command(
            name = {"memory", "reindex"},
            group = Groups.MEMORY,
            description = "Make the indexes of memories, messages and turns anew",
            help = """
                    Sessions go on meanwhile, and find what is indexed so far. It is never needed as a routine: an upgrade
                    that needs it does it by itself.
                    """)
    @Runs(ownerOnly = true)
    void reindex(Caller caller) {
        Map<String, Long> indexed = new LinkedHashMap<>();
        ProgressPrinter progress = new ProgressPrinter(caller);
        rebuild.rebuild(step -> {
            indexed.put(step.index(), step.done());
            progress.show(step);
        });
        caller.print("indexed " + range(indexed, "memory", "memories") + ", " + range(indexed, "message", "messages")
                + " and " + range(indexed, "turn", "turns"));
    }

    private static String range(Map<String, Long> indexed, String index, String several) {
        long last = indexed.getOrDefault(index, 0L);
        return last == 0 ? "no " + several : several + " up to #" + last;
    }

    /** Prints the progress for the person, at most a line a second. */
    private final class ProgressPrinter {

        private final Caller caller;
        private Instant next = clock.instant().plus(PROGRESS_INTERVAL);

        ProgressPrinter(Caller caller) {
            this.caller = caller;
        }

        void show(IndexBuilder.Progress step) {
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                caller.note(String.format(Locale.ROOT, "%s: %,d of %,d", step.index(), step.done(), step.all()));
                next = now.plus(PROGRESS_INTERVAL);
            }
        }
    }
}
