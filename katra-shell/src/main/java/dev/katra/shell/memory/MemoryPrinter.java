package dev.katra.shell.memory;

import dev.katra.core.memory.Contradiction;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryLineage;
import dev.katra.core.memory.MemoryOrigin;
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
    private static final int MAX_LINE_BYTES = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Caller caller;
    private final Instant now;

    MemoryPrinter(Caller caller, Instant now) {
        this.caller = caller;
        this.now = now;
    }

    /** Prints a memory whole, or of a long one the part around what was looked for. */
    void printExcerpt(MemoryDetails memory, List<String> why, String before) {
        Excerpt excerpt = Excerpt.of(memory.body().content(), why, MAX_EXCERPT_BYTES);
        caller.print(before + head(memory, Age.ago(memory.origin().at(), now, caller.zone()))
                + (why.isEmpty() ? "" : " [" + String.join(", ", why) + "]") + ": " + indented(excerpt.text()));
        if (!excerpt.isWhole()) {
            caller.print(
                    "    (" + excerpt.omittedBytes() + " bytes left out: katra memory show " + memory.number() + ")");
        }
    }

    /** Returns a memory on one line, its text cut after some words. */
    String line(MemoryDetails memory) {
        String text = Excerpt.of(memory.body().content(), List.of(), MAX_LINE_BYTES)
                .text()
                .replaceAll("\\s+", " ");
        return head(memory, Age.ago(memory.origin().at(), now, caller.zone())) + ": " + text;
    }

    /** Prints a memory with all that is known of it. */
    void printWhole(MemoryDetails memory) {
        String at = TIME.format(memory.origin().at().atZone(caller.zone()));
        caller.print(head(memory, Age.of(memory.origin().at(), now) + " ago") + " (" + at + ")");
        for (String line : facts(memory)) {
            caller.print("  " + line.replace("\n", "\n  "));
        }
        caller.print("    " + indented(memory.body().content()));
    }

    private static List<String> facts(MemoryDetails memory) {
        List<String> facts = new ArrayList<>();
        MemoryBody body = memory.body();
        facts.add("importance " + body.importance()
                + (body.tags().isEmpty() ? "" : ", tags " + String.join(" ", body.tags())));
        MemoryOrigin origin = memory.origin();
        if (origin.provider() != null) {
            facts.add("written in a session on " + origin.provider() + ", "
                    + VisibleText.name(Objects.requireNonNullElse(origin.model(), "its default model"))
                    + (origin.folder() == null ? "" : ", in " + origin.folder()));
        }
        if (origin.provider() == null && origin.folder() != null) {
            facts.add("from " + origin.folder());
        }
        if (memory.lineage().supersedes() != null) {
            facts.add("supersedes #" + memory.lineage().supersedes());
        }
        return facts;
    }

    /** Says which memory has taken the place of this one; none is named if none is left. */
    private static String superseded(MemoryDetails memory) {
        Long successor = memory.lineage().supersededBy();
        return successor == null ? "" : ", superseded" + (successor == memory.number() ? "" : " by #" + successor);
    }

    private String head(MemoryDetails memory, String when) {
        MemoryBody body = memory.body();
        MemoryLineage lineage = memory.lineage();
        return "#" + memory.number() + " " + memory.author().name()
                + (memory.source().isEmpty() ? "" : " (" + VisibleText.of(memory.source()) + ")") + ", "
                + body.kind().externalName() + ", "
                + when
                + (body.scope() == MemoryScope.PRIVATE ? ", private" : "")
                + confirmed(memory)
                + superseded(memory)
                + (lineage.contradictedBy().isEmpty()
                        ? ""
                        : ", contradicted by " + Contradiction.text(lineage.contradictedBy(), now))
                + (lineage.contradicts().isEmpty()
                        ? ""
                        : ", contradicts " + Contradiction.names(lineage.contradicts()));
    }

    private String confirmed(MemoryDetails memory) {
        int count = memory.confirmations().count();
        return count == 0
                ? ""
                : ", confirmed " + count + (count == 1 ? " time, " : " times, last ") + Age.of(memory.saidAt(), now)
                        + " ago";
    }

    private static String indented(String text) {
        return text.replace("\n", "\n    ");
    }
}
