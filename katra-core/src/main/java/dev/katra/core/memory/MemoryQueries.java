package dev.katra.core.memory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads memories as they are shown. Unless it says otherwise, a method must be called inside a read or a write. */
public interface MemoryQueries {

    /** Returns the number of the memory that this tool call has written. */
    Optional<Long> writtenBy(long session, String callId);

    /** Returns the number of the memory that this tool call found as it wanted it. */
    Optional<Long> foundBy(long session, String callId);

    /** Notes that this tool call found the memory as it wanted it. Must be called inside a write. */
    void noteFoundBy(long session, String callId, long number);

    /** Returns the number of the valid memory with this hash of its exact content. */
    Optional<Long> findByHash(String contentHash);

    /**
     * Returns the number of a valid memory in which this author says the same to the same readers, but for case, blanks and
     * final punctuation; one with the exact content if there is one.
     */
    Optional<Long> findSame(MemoryBody body, long personaId);

    /** Returns the memories with these numbers that are not forgotten, by number. */
    Map<Long, MemoryDetails> details(Collection<Long> numbers);

    /** Returns the memory with this number, unless it is forgotten. */
    default Optional<MemoryDetails> details(long number) {
        return Optional.ofNullable(details(List.of(number)).get(number));
    }

    /** Returns a memory with all its revisions that are not forgotten and that the viewer may see, oldest first. */
    List<MemoryDetails> revisions(long number, long viewer);

    /** Returns a memory and the revisions before it, oldest first. */
    List<MemoryDetails> withEarlierRevisions(long number);

    /** Returns the number of the first revision of a memory; its own if there is none before it. */
    long firstRevision(long number);

    /** Returns the numbers of those among them that the team sees, oldest first. */
    List<Long> teamUpTo(long number);

    /** Returns the oldest among them that another persona has written. */
    Optional<MemoryDetails> anothersUpTo(long number, long author);

    /**
     * Returns the next memories after this point, 0 being the beginning, in the order of their numbers: everyone's,
     * private ones and older revisions too, but no forgotten ones.
     */
    ExportedMemory.Page export(long after, int most);
}
