package dev.katra.core.memory;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.store.Reads;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Removes memories from the store and from every index, one after the other, in as many writes as it takes for others to
 * write in between. A memory is there until the last of its terms is removed, and it is indexed whole again if the server is
 * killed before that; so whatever was cut off can be done again.
 */
@Component
class Forgetting {

    /** The number of texts that are analysed at once; the longest take some megabytes. */
    private static final int CUT = 16;

    private final MemoryRows rows;
    private final MemoryIndex index;
    private final MemoryVectors vectors;
    private final Recall recall;
    private final @Nullable SemanticIndex semantic;
    private final WriteAheadLog log;
    private final Writes writes;
    private final Reads reads;

    Forgetting(
            MemoryRows rows,
            MemoryIndex index,
            MemoryVectors vectors,
            Recall recall,
            ObjectProvider<SemanticIndex> semantic,
            WriteAheadLog log,
            Writes writes,
            Reads reads) {
        this.rows = rows;
        this.index = index;
        this.vectors = vectors;
        this.recall = recall;
        this.semantic = semantic.getIfAvailable();
        this.log = log;
        this.writes = writes;
        this.reads = reads;
    }

    /**
     * Forgets memories in the given order, and empties the log of them, also if it fails on the way, or if an earlier
     * call had forgotten them and was cut off before it had emptied the log.
     */
    void forget(List<Long> numbers, Instant at) {
        try {
            forgetAll(numbers, at);
        } catch (RuntimeException e) {
            try {
                emptyLog();
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
        emptyLog();
    }

    private void emptyLog() {
        writes.run(() -> {
            log.emptyAfterCommit();
            return true;
        });
    }

    private void forgetAll(List<Long> numbers, Instant at) {
        for (int from = 0; from < numbers.size(); from += CUT) {
            List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + CUT));
            CutTexts cut = CutTexts.ofRows(reads.run(() -> index.texts().rows(some)));
            cut.complete(() -> writes.runEach(some, number -> forget(number, at, cut)));
        }
    }

    private Step forget(long number, Instant at, CutTexts cut) {
        StoredTexts.Row row = index.texts().row(number).orElse(null);
        if (row == null) {
            return Step.NOTHING;
        }
        if (!index.remove(number, cut.parts(row.text()))) {
            return Step.MORE;
        }
        vectors.remove(number);
        rows.markForgotten(number, at);
        writes.afterCommit(() -> left(List.of(number)));
        return Step.DONE;
    }

    private void left(List<Long> numbers) {
        recall.evict(numbers);
        SemanticIndex meanings = semantic;
        if (meanings != null) {
            meanings.onForgotten(numbers);
        }
    }
}
