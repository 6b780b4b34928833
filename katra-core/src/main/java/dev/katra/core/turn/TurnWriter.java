package dev.katra.core.turn;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.store.Reads;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import dev.katra.core.turn.TurnRows.TurnRow;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes turns to the store and to their index, which has those that have ended, and deletes them from both. Each method
 * must be called outside a write, and takes as many short writes as it needs.
 */
@Component
class TurnWriter {

    /** The number of texts that are analysed at once; the longest take some megabytes. */
    private static final int CUT = 16;

    private final TurnRows rows;
    private final TurnIndex index;
    private final WriteAheadLog log;
    private final Writes writes;
    private final Reads reads;

    TurnWriter(TurnRows rows, TurnIndex index, WriteAheadLog log, Writes writes, Reads reads) {
        this.rows = rows;
        this.index = index;
        this.log = log;
        this.writes = writes;
        this.reads = reads;
    }

    /**
     * Stores a turn, or changes the stored one with the same key. A turn without any text is not stored, nor one that was
     * forgotten.
     *
     * @param turn how the turn is stored if it is not there; its body is not used
     * @param change what becomes of its body, which is empty if it is not there
     */
    void store(NewTurn turn, UnaryOperator<TurnBody> change) {
        CutTexts cut = new CutTexts();
        var unused = cut.completeOrRestore(
                () -> writes.run(() -> store(turn, change, cut)),
                id -> writes.run(() -> index.restore(id, cut)) ? true : null);
    }

    /** Returns true, or null if there is more to do in another write. */
    private @Nullable Boolean store(NewTurn turn, UnaryOperator<TurnBody> change, CutTexts cut) {
        TurnRow row = rows.find(turn.owner().personaId(), turn.key()).orElse(null);
        if (row == null) {
            TurnBody body = change.apply(TurnBody.EMPTY);
            if (body.isEmpty()) {
                return true;
            }
            long id = rows.add(turn.body(body));
            if (turn.endedAt() != null) {
                index.addEnded(id, cut);
            }
            return true;
        }
        if (row.body().isEmpty()) {
            return true; // it was forgotten
        }
        TurnBody body = change.apply(row.body());
        boolean ends = turn.endedAt() != null && !row.ended();
        if (!ends && body.equals(row.body())) {
            return true;
        }
        if (row.ended() && !isRemoved(row.id(), cut)) {
            return null;
        }
        rows.update(row.id(), body, ends ? turn.endedAt() : null);
        if (ends || row.ended()) {
            index.addEnded(row.id(), cut);
            writes.afterCommit(() -> index.search().evict(List.of(row.id())));
        }
        return true;
    }

    /** Removes the next part of a turn from the index, to which it is added again with other texts. */
    private boolean isRemoved(long id, CutTexts cut) {
        StoredTexts.Row text = index.texts().row(id).orElseThrow();
        if (index.remove(text, cut)) {
            return true;
        }
        cut.noteBegun(id);
        return false;
    }

    /** Ends turns that run, as they are. */
    void end(List<Long> running, Instant at) {
        CutTexts cut = new CutTexts();
        cut.complete(() -> writes.runEach(running, id -> {
            if (!rows.end(id, at)) {
                return Step.NOTHING;
            }
            index.addEnded(id, cut);
            return Step.DONE;
        }));
    }

    /** Adds those of the turns that are not stored yet, and returns how many these are. They must have ended. */
    int addAll(List<NewTurn> turns) {
        int added = 0;
        for (int from = 0; from < turns.size(); from += CUT) {
            List<NewTurn> some = turns.subList(from, Math.min(turns.size(), from + CUT));
            CutTexts cut = CutTexts.of(some.stream().map(NewTurn::text).toList());
            added += cut.complete(() -> writes.runEach(some, turn -> add(turn, cut)));
        }
        return added;
    }

    private Step add(NewTurn turn, CutTexts cut) {
        if (rows.find(turn.owner().personaId(), turn.key()).isPresent()) {
            return Step.NOTHING;
        }
        index.addEnded(rows.add(turn), cut);
        return Step.DONE;
    }

    /** Deletes turns, in slices, and returns how many were there. */
    int delete(List<Long> numbers) {
        return remove(numbers, rows::delete);
    }

    /** Forgets turns, in slices, so that later reports of them do not bring them back; returns how many were there. */
    int forget(List<Long> numbers) {
        return remove(numbers, rows::forget);
    }

    private int remove(List<Long> numbers, LongConsumer removal) {
        int deleted = 0;
        for (int from = 0; from < numbers.size(); from += CUT) {
            List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + CUT));
            CutTexts cut = CutTexts.ofRows(reads.run(() -> index.texts().rows(some)));
            deleted += cut.complete(() -> writes.runEach(some, id -> remove(id, removal, cut)));
        }
        return deleted;
    }

    private Step remove(long id, LongConsumer removal, CutTexts cut) {
        if (!rows.isStored(id)) {
            return Step.NOTHING;
        }
        StoredTexts.Row text = index.texts().row(id).orElse(null);
        if (text != null && !index.remove(text, cut)) {
            return Step.MORE;
        }
        removal.accept(id);
        writes.afterCommit(() -> index.search().evict(List.of(id)));
        return Step.DONE;
    }

    /** Empties the log of what was deleted, so that it leaves the disk. */
    void emptyLog() {
        writes.run(() -> {
            log.emptyAfterCommit();
            return true;
        });
    }
}
