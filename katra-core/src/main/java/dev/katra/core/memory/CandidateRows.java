package dev.katra.core.memory;

import java.util.Collection;
import java.util.List;

/** Reads the columns of memories that the ranking uses. Its methods must be called inside a read. */
public interface CandidateRows {

    /** Returns the rows of the memories with these numbers that the filter accepts. */
    List<CandidateRow> find(Collection<Long> numbers, MemoryRowFilter filter);

    /** Returns the numbers of the newest memories below {@code before}, newest first. */
    List<Long> newest(long before, int most);
}
