package dev.katra.core.search;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the stored texts of one kind as an index needs them. Its methods must be called inside a read or a write. */
public interface StoredTexts {

    /** Holds a text with its id. */
    record Row(long id, IndexedText text) {}

    /** Returns the name of the texts and of their index: memory or message. May be called at any time. */
    String name();

    /** Returns the highest id; 0 if there is none. */
    long highestId();

    /**
     * Returns the next rows that belong into the index, by their ids, which are higher than {@code after} and not above
     * {@code last}; fewer if their texts are long, which would take long to analyse.
     */
    List<Row> rows(long after, long last, int most);

    /** Returns a row if it belongs into the index. */
    Optional<Row> row(long id);

    /** Returns those of these rows that belong into the index. */
    default List<Row> rows(Collection<Long> ids) {
        return ids.stream().map(this::row).flatMap(Optional::stream).toList();
    }
}
