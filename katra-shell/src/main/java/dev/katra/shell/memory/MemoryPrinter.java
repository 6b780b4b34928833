package dev.katra.shell.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.Visible;
import dev.katra.shell.console.Caller;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes memories for a person. Later lines of a memory are indented, so that no text can pass for a memory of its own.
 */
final class MemoryPrinter {

    private static final int LISTED_BYTES = 600;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Caller caller;
    private final Instant now;

    MemoryPrinter(Caller caller, Instant now) {
        this.caller = caller;
        this.now = now;
    }

    /** On one line, or the part around what was looked for. */
    void list(KnownMemory memory, List<String> why, String before) {
        Excerpt excerpt = Excerpt.of(memory.content(), why, LISTED_BYTES);
        caller.print(before + head(memory) + (why.isEmpty() ? "" : " [" + String.join(", ", why) + "]") + ": "
                + indented(Visible.of(excerpt.text())));
        if (!excerpt.whole()) {
            caller.print("    (" + excerpt.left() + " bytes left out: katra memory show " + memory.number() + ")");
        }
    }

    /** With all that is known of it. */
    void whole(KnownMemory memory) {
        caller.print(head(memory) + " (" + TIME.format(memory.at().atZone(caller.zone())) + ")");
        for (String line : facts(memory)) {
            caller.print("  " + Visible.of(line).replace("\n", "\n  "));
        }
        caller.print("    " + indented(Visible.of(memory.content())));
    }

    private static List<String> facts(KnownMemory memory) {
        List<String> facts = new ArrayList<>();
        facts.add("importance " + memory.importance()
                + (memory.tags().isEmpty() ? "" : ", tags " + String.join(" ", memory.tags())));
        if (memory.provider() != null) {
            facts.add("written in a session on " + memory.provider() + ", "
                    + Objects.requireNonNullElse(memory.model(), "its default model")
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

    private String head(KnownMemory memory) {
        return "#" + memory.number() + " " + memory.author() + ", "
                + memory.kind().word() + ", "
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
