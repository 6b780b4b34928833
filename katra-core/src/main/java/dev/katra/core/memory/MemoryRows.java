package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.search.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores memories and changes what is stored of them. Unless it says otherwise, a method must be called inside a write. */
public interface MemoryRows {

    /** Returns a memory, forgotten or not. Must be called inside a read or a write. */
    Optional<MemoryRow> find(long id);

    /** Returns the number of the memory with this uid; null if there is none. Must be called inside a read or a write. */
    @Nullable
    Long number(@Nullable String uid);

    /** Stores a memory that is said now, and returns its number; where it comes from is read from the actor's session. */
    long add(Actor actor, MemoryBody body, @Nullable String callId, @Nullable Long supersedes, Instant at, Terms terms);

    /**
     * Stores a memory of another store, without its terms, and returns the number that it has here.
     *
     * @param hash the hash of what it says; null if it does not hold
     */
    long add(ExportedMemory record, MemoryBody body, long personaId, @Nullable String hash, @Nullable Long supersedes);

    /** Removes the content of a memory, and keeps that it existed. */
    void markForgotten(long id, Instant at);

    /** Notes that its author has said it again; kind, importance and tags become those of the body. */
    void markConfirmed(long id, MemoryBody body, Instant at);

    /**
     * Notes that the memory is superseded by the one with the number {@code successor}; by itself, if that one is not known
     * yet or is not left.
     */
    void markSuperseded(long id, long successor);

    /** Notes that the memory {@code by} contradicts the other one; does nothing if that is noted already. */
    void markContradicted(long id, long by, Instant at);

    /** Removes the marks of those that contradict this memory, and returns how many there were. */
    int removeContradictions(long id);

    /** Has the memory contradict what the other one contradicts. */
    void takeContradictions(long id, long from);

    /** Has the memory be contradicted by what contradicts the other one. */
    void takeMarks(long id, long from);

    /**
     * Returns some of the valid memories without a hash of what they say, the first ones first. Must be called inside a read.
     */
    List<MemoryRow> withoutSameHash(int most);

    /** Stores the hash of what a memory says, if it still holds. */
    void storeSameHash(long id, String hash);

    /** Notes that the memory supersedes the one with the number {@code predecessor}. */
    void setPredecessor(long id, long predecessor);

    /** Makes the memory private: from here on only its author sees it. */
    void makePrivate(long id);
}
