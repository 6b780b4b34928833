package dev.katra.core.search;

import java.util.List;

/** Texts that have an index, so that it can be filled anew. Called inside writes. */
public interface Searchable {

    /** The noun of its index: memory or message. */
    String name();

    /** The highest id. */
    long last();

    /** The next rows that belong into the index, by their ids, higher than {@code after}. */
    List<Row> rows(long after, long last, int most);

    /** Adds a row to the index. */
    void index(long id, Terms terms);

    /** A row of the index. */
    record Row(long id, Terms terms) {}
}
