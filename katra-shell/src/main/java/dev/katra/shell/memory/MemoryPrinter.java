package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.VisibleText;
import dev.katra.shell.console.Caller;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Prints memories for a person. Later lines of a memory are indented, so that no text can pass for a memory of its own.
 */
final class MemoryPrinter {

    private static final int MAX_EXCERPT_BYTES = 600;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Caller caller;
    private final Instant now;

    MemoryPrinter(Caller caller, Instant now) {
        this.caller = caller;
        this.now = now;
    }

    /** Prints a memory whole, or of a long one the part around what was looked for. */
    void printExcerpt(MemoryDetails memory, List<String> why, String before) {
        Excerpt excerpt = Excerpt.of(memory.content(), why, MAX_EXCERPT_BYTES);
        caller.print(before + head(memory) + (why.isEmpty() ? "" : " [" + String.join(", ", why) + "]") + ": "
                + indented(excerpt.text()));
        if (!excerpt.isWhole()) {
            caller.print(
                    "    (" + excerpt.omittedBytes() + " bytes left out: katra memory show " + memory.number() + ")");
        }
    }

    /** Prints a memory with all that is known of it. */
    void printWhole(MemoryDetails memory) {
        caller.print(head(memory) + " (" + TIME.format(memory.at().atZone(caller.zone())) + ")");
        for (String line : facts(memory)) {
            caller.print("  " + line.replace("\n", "\n  "));
        }
        caller.print("    " + indented(memory.content()));
    }

    private static List<String> facts(MemoryDetails memory) {
        List<String> facts = new ArrayList<>();
        facts.add("importance " + memory.importance()
                + (memory.tags().isEmpty() ? "" : ", tags " + String.join(" ", memory.tags())));
        if (memory.provider() != null) {
            facts.add("written in a session on " + memory.provider() + ", "
                    + VisibleText.name(Objects.requireNonNullElse(memory.model(), "its default model"))
                    + (memory.folder() == null ? "" : ", in " + memory.folder()));
        }
        if (memory.provider() == null && memory.folder() != null) {
            facts.add("from " + memory.folder());
        }
        if (memory.supersedes() != null) {
            facts.add("supersedes #" + memory.supersedes());
        }
        return facts;
    }

    private String head(MemoryDetails memory) {
        return "#" + memory.number() + " " + memory.author() + ", "
                + memory.kind().externalName() + ", "
                + Age.of(memory.at(), now) + " ago"
                + (memory.scope() == MemoryScope.PRIVATE ? ", private" : "")
                + (memory.confirmations() == 0
                        ? ""
                        : ", confirmed " + memory.confirmations()
                                + (memory.confirmations() == 1 ? " time, " : " times, last ")
                                + Age.of(memory.saidAt(), now) + " ago")
                + (memory.supersededBy() == null ? "" : ", superseded by #" + memory.supersededBy());
    }

    private static String indented(String text) {
        return text.replace("\n", "\n    ");
    }
}
