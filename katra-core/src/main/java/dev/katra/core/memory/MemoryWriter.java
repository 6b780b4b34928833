package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Terms;
import dev.katra.core.store.Writes;
import dev.katra.core.text.Sha256;
import dev.katra.core.text.Uids;
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

    private static final int HASH_DIGITS = 32;

    private final Memories memories;
    private final MemoryQueries stored;
    private final Recall recall;
    private final Writes writes;

    MemoryWriter(Memories memories, MemoryQueries stored, Recall recall, Writes writes) {
        this.memories = memories;
        this.stored = stored;
        this.recall = recall;
        this.writes = writes;
    }

    /** Returns what the index shall hold of a memory. May be called outside a write. */
    IndexedText text(Actor actor, NewMemory memory, Instant at) {
        return MemoryQueries.text(
                memory.content(), actor.persona(), actor.personaId(), memory.kind(), memory.scope(), memory.tags(), at);
    }

    /** Returns the hash of the author, the scope and the content. May be called outside a write. */
    String contentHash(long personaId, NewMemory memory) {
        return contentHash(personaId, memory.scope(), memory.content());
    }

    static String contentHash(long personaId, MemoryScope scope, String content) {
        return Sha256.hex(personaId + " " + scope + " " + content, HASH_DIGITS);
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
            stored.foundBy(session, callId, number);
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
        return stored.add(
                new MemoryRow(
                        0,
                        Uids.next(),
                        actor.personaId(),
                        actor.sessionId(),
                        callId,
                        memory.kind(),
                        memory.scope(),
                        memory.importance(),
                        Tags.stored(memory.tags()),
                        memory.content(),
                        at,
                        null,
                        null,
                        null,
                        null,
                        null,
                        supersedes,
                        null,
                        0,
                        null,
                        contentHash(actor.personaId(), memory)),
                terms);
    }

    /** Counts a confirmation, and returns null if there is more to do before that, in another write. */
    @Nullable
    MemoryDetails confirm(
            Actor actor, MemoryRow same, NewMemory again, @Nullable String callId, Instant at, CutTexts cut) {
        long number = same.id();
        MemoryKind kind = again.kind() == MemoryKind.NOTE ? same.kind() : again.kind();
        String tags = Tags.union(same.tags(), again.tags());
        boolean other = kind != same.kind() || !tags.equals(same.tags());
        if (other && !Writes.inSlice(() -> unindex(number, cut))) {
            return null;
        }
        noteFound(actor, callId, number);
        memories.markConfirmed(number, kind, Math.max(same.importance(), again.importance()), tags, at);
        if (other) {
            indexAgain(number, cut);
        }
        return stored.details(number).orElseThrow();
    }

    /** Makes a revision private if it is this author's and the team's, part by part, and returns false if there is more to do. */
    boolean makePrivate(long number, long author, CutTexts cut) {
        MemoryRow row = memories.findById(number).orElseThrow();
        if (row.personaId() != author || row.scope() != MemoryScope.TEAM) {
            return true;
        }
        boolean out = unindex(number, cut);
        if (out) {
            memories.makePrivate(number);
            indexAgain(number, cut);
        }
        return out;
    }

    /** Removes the next part of a memory from the index, and returns true once all is removed. */
    private boolean unindex(long number, CutTexts cut) {
        boolean out = stored.remove(number, cut.parts(stored.text(number)));
        if (out) {
            writes.afterCommit(() -> recall.evict(List.of(number)));
        } else {
            cut.noteBegun(number);
        }
        return out;
    }

    private void indexAgain(long number, CutTexts cut) {
        stored.putAgain(number, cut.terms(stored.text(number)));
    }
}
