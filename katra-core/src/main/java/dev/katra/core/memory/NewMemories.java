package dev.katra.core.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.Terms;
import dev.katra.core.store.Uids;
import dev.katra.core.store.Writes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts memories into the store and its index. Called inside writes, but for what says otherwise. */
@Component
class NewMemories {

    private static final int HASH_BYTES = 16;

    private final Memories memories;
    private final StoredMemories stored;
    private final Recall recall;
    private final Writes writes;

    NewMemories(Memories memories, StoredMemories stored, Recall recall, Writes writes) {
        this.memories = memories;
        this.stored = stored;
        this.recall = recall;
        this.writes = writes;
    }

    /** Anywhere, because it takes a while. */
    Terms terms(Actor actor, NewMemory memory, Instant at) {
        return StoredMemories.terms(
                memory.content(), actor.persona(), actor.personaId(), memory.kind(), memory.scope(), memory.tags(), at);
    }

    /** Anywhere. */
    String hash(long personaId, NewMemory memory) {
        return hash(personaId, memory.scope(), memory.content());
    }

    static String hash(long personaId, MemoryScope scope, String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((personaId + " " + scope + " ").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(content.getBytes(UTF_8)), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What this call has done before.
     *
     * @throws Failure CONFLICT if that is forgotten
     */
    @Nullable
    Remembered before(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        if (session == null || callId == null) {
            return null;
        }
        return stored.writtenBy(session, callId)
                .map(number -> new Remembered(
                        stored.known(number)
                                .orElseThrow(() ->
                                        Failure.conflict("memory " + number + ", which this call wrote, is forgotten")),
                        false))
                .orElse(null);
    }

    /** Stores and indexes it, and returns its number. */
    long store(
            Actor actor,
            NewMemory memory,
            @Nullable String callId,
            @Nullable Long supersedes,
            Instant at,
            Terms terms) {
        return stored.add(
                new Memory(
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
                        null,
                        hash(actor.personaId(), memory)),
                terms);
    }

    KnownMemory confirm(Actor actor, Memory same, NewMemory again, @Nullable String callId, Instant at) {
        String call = callId == null ? null : actor.sessionId() + ":" + callId;
        KnownMemory old = stored.known(same.id()).orElseThrow();
        if (call != null && call.equals(same.confirmedCall())) {
            return old;
        }
        MemoryKind kind = again.kind() == MemoryKind.NOTE ? same.kind() : again.kind();
        String tags = Tags.union(same.tags(), again.tags());
        boolean other = kind != same.kind() || !tags.equals(same.tags());
        if (other) {
            unindex(old);
        }
        memories.confirmed(same.id(), kind, Math.max(same.importance(), again.importance()), tags, at, call);
        KnownMemory confirmed = stored.known(same.id()).orElseThrow();
        if (other) {
            index(confirmed, same.personaId());
        }
        return confirmed;
    }

    /** Makes private what its author has made so. */
    void hide(KnownMemory memory, long author) {
        Memory row = memories.findById(memory.number()).orElseThrow();
        if (row.personaId() == author && row.scope() == MemoryScope.TEAM) {
            unindex(memory);
            memories.hidden(memory.number());
            index(stored.known(memory.number()).orElseThrow(), author);
        }
    }

    void unindex(KnownMemory memory) {
        long author = memories.findById(memory.number()).orElseThrow().personaId();
        stored.unindex(memory.number(), terms(memory, author));
        writes.afterCommit(() -> recall.forgotten(List.of(memory.number())));
    }

    private void index(KnownMemory memory, long author) {
        stored.indexAgain(memory.number(), terms(memory, author));
    }

    private static Terms terms(KnownMemory memory, long author) {
        return StoredMemories.terms(
                memory.content(), memory.author(), author, memory.kind(), memory.scope(), memory.tags(), memory.at());
    }
}
