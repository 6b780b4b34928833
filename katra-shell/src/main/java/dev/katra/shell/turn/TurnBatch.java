package dev.katra.shell.turn;

import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnTransfer.TurnCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects turns that are imported, and hands them on when they are many or large, so that few are held at once. */
final class TurnBatch {

    private static final int MAX_TURNS = 50;

    /** The number of characters from which the turns are handed on; one turn may have more. */
    static final int MAX_CHARACTERS = 1 << 20;

    private final Function<List<ImportedTurn>, TurnCounts> imports;
    private final List<ImportedTurn> turns = new ArrayList<>();
    private TurnCounts counts = TurnCounts.NONE;
    private long characters;

    /**
     * Creates an empty batch.
     *
     * @param imports takes the turns in
     */
    TurnBatch(Function<List<ImportedTurn>, TurnCounts> imports) {
        this.imports = imports;
    }

    void add(ImportedTurn turn) {
        long size = length(turn.body().prompt()) + (long) length(turn.body().answer());
        if (characters + size > MAX_CHARACTERS) {
            handOn();
        }
        turns.add(turn);
        characters += size;
        if (turns.size() == MAX_TURNS) {
            handOn();
        }
    }

    /** Hands on what is left, and returns what came of all turns. */
    TurnCounts finish() {
        handOn();
        return counts;
    }

    private void handOn() {
        if (!turns.isEmpty()) {
            counts = counts.plus(imports.apply(List.copyOf(turns)));
            turns.clear();
            characters = 0;
        }
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
