package dev.katra.core.testing.retrieval;

import java.util.List;

/** Something that answers questions from the set's memories. */
@FunctionalInterface
public interface RetrievalRanking {

    /** The keys of what it finds for the viewer, best first. */
    List<String> find(RetrievalQuestion question);
}
