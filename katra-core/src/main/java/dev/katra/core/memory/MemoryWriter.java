package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Terms;
import dev.katra.core.store.Writes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes memories into the store and its index. Its methods must be called inside a write, unless they say otherwise.
 */
@Component
class MemoryWriter {

    private final MemoryRows rows;
    private final MemoryQueries stored;
    private final MemoryIndex index;
    private final Recall recall;
    private final Writes writes;

    MemoryWriter(MemoryRows rows, MemoryQueries stored, MemoryIndex index, Recall recall, Writes writes) {
        this.rows = rows;
        this.stored = stored;
        this.index = index;
        this.recall = recall;
        this.writes = writes;
    }

    /** Returns what the index shall hold of a memory. May be called outside a write. */
    IndexedText text(Actor actor, NewMemory memory, Instant at) {
        return MemoryTexts.text(memory.body(), actor.persona(), actor.personaId(), at);
    }

    /**
     * Returns the result of an earlier call with this id; null if there was none.
     *
     * @throws Failure CONFLICT if the memory of that call is forgotten
     */
    @Nullable
    RememberResult resultOfCall(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        if (session == null || callId == null) {
            return null;
        }
        Optional<Long> written = stored.writtenBy(session, callId);
        return written.or(() -> stored.foundBy(session, callId))
                .map(number -> new RememberResult(
                        stored.details(number).orElseThrow(() -> Failure.conflict(
                                        "memory " + number + ", which this call remembered, is forgotten")
                                .hint("remember it again, with another text")),
                        written.isEmpty()))
                .orElse(null);
    }

    /** Notes that this call found the memory as it wanted it, so that a resent call does nothing. */
    void noteFound(Actor actor, @Nullable String callId, long number) {
        Long session = actor.sessionId();
        if (session != null && callId != null) {
            stored.noteFoundBy(session, callId, number);
        }
    }

    /** Stores and indexes a memory, and returns its number. */
    long store(
            Actor actor,
            NewMemory memory,
            @Nullable String callId,
            @Nullable Long supersedes,
            Instant at,
            Terms terms) {
        long number = rows.add(actor, memory.body(), callId, supersedes, at, terms);
        index.add(number, terms);
        return number;
    }

    /** Counts a confirmation, and returns null if there is more to do before that, in another write. */
    @Nullable
    MemoryDetails confirm(
            Actor actor, MemoryRow same, NewMemory again, @Nullable String callId, Instant at, CutTexts cut) {
        long number = same.id();
        MemoryBody said = merged(same.body(), again.body());
        boolean other = said.kind() != same.body().kind()
                || !said.tags().equals(same.body().tags());
        if (other && !Writes.inSlice(() -> unindex(number, cut))) {
            return null;
        }
        noteFound(actor, callId, number);
        rows.markConfirmed(number, said, at);
        if (other) {
            indexAgain(number, cut);
        }
        return stored.details(number).orElseThrow();
    }

    /** Returns a body with the higher importance, the tags of both, and the new kind unless that is a note. */
    private static MemoryBody merged(MemoryBody first, MemoryBody again) {
        return first.kind(again.kind() == MemoryKind.NOTE ? first.kind() : again.kind())
                .importance(Math.max(first.importance(), again.importance()))
                .tags(Tags.union(first.tags(), again.tags()));
    }

    /** Makes a revision private if it is this author's and the team's, part by part, and returns false if there is more to do. */
    boolean makePrivate(long number, long author, CutTexts cut) {
        MemoryRow row = rows.find(number).orElseThrow();
        if (row.personaId() != author || row.body().scope() != MemoryScope.TEAM) {
            return true;
        }
        boolean out = unindex(number, cut);
        if (out) {
            rows.makePrivate(number);
            indexAgain(number, cut);
        }
        return out;
    }

    /** Removes the next part of a memory from the index, and returns true once all is removed. */
    private boolean unindex(long number, CutTexts cut) {
        boolean out = index.remove(number, cut.parts(index.text(number)));
        if (out) {
            writes.afterCommit(() -> recall.evict(List.of(number)));
        } else {
            cut.noteBegun(number);
        }
        return out;
    }

    private void indexAgain(long number, CutTexts cut) {
        index.putAgain(number, cut.terms(index.text(number)));
    }
}
