package dev.katra.shell.memory;

import dev.katra.core.search.Rebuild;
import dev.katra.shell.console.Caller;
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

/** {@code katra memory reindex}: makes the indexes of the search anew. */
@Component
class MemoryReindexCommand {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final Rebuild rebuild;
    private final Clock clock;

    MemoryReindexCommand(Rebuild rebuild, Clock clock) {
        this.rebuild = rebuild;
        this.clock = clock;
    }

    @Command(
            name = {"memory", "reindex"},
            group = Groups.MEMORY,
            description = "Make the indexes of memories and messages anew",
            help = """
                    Sessions go on meanwhile, and find what is indexed so far. It is never needed as a routine: an upgrade
                    that needs it does it by itself.
                    """)
    @Runs(ownerOnly = true)
    void reindex(Caller caller) {
        Map<String, Long> indexed = new LinkedHashMap<>();
        Progress progress = new Progress(caller);
        rebuild.all(step -> {
            indexed.put(step.index(), step.done());
            progress.show(step);
        });
        caller.print(
                "indexed " + range(indexed, "memory", "memories") + " and " + range(indexed, "message", "messages"));
    }

    private static String range(Map<String, Long> indexed, String index, String several) {
        long last = indexed.getOrDefault(index, 0L);
        return last == 0 ? "no " + several : several + " up to #" + last;
    }

    /** A line for the person now and then. */
    private final class Progress {

        private final Caller caller;
        private Instant next = clock.instant().plus(BETWEEN_LINES);

        Progress(Caller caller) {
            this.caller = caller;
        }

        void show(Rebuild.Progress step) {
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                caller.note(String.format(Locale.ROOT, "%s: %,d of %,d", step.index(), step.done(), step.all()));
                next = now.plus(BETWEEN_LINES);
            }
        }
    }
}
