package dev.katra.core.search;

import dev.katra.core.store.Writes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Holds the terms of the texts of one kind, and finds texts by them. Its rows have the ids of the texts. A method that
 * changes something must be called inside a write, any other inside a read or a write, unless it says otherwise.
 */
public interface TextIndex {

    /**
     * Holds the size of an index.
     *
     * @param rows the number of rows
     * @param length the average length of the texts, in words
     */
    record IndexSize(long rows, double length) {}

    /**
     * Tells how far an index is filled from the stored texts.
     *
     * @param version the version of the analysis that made its terms; 0 if it was never filled
     * @param filled the id up to which the texts are indexed
     * @param last the id up to which texts wait to be indexed; whoever stores a later one indexes it
     */
    record Filling(int version, long filled, long last) {

        boolean isComplete() {
            return version == Analyser.VERSION && filled >= last;
        }

        private boolean hasRow(long id) {
            return version == Analyser.VERSION && (id <= filled || id > last);
        }
    }

    /** Adds a row. */
    void add(long id, Terms terms);

    /**
     * Removes the next part of a row, and returns true once all is removed, or if the row waits to be indexed. The parts
     * must be those of the terms with which it was added, because the index has no text to look them up. Whoever begins
     * with a row must go on until it is removed, in this write or in others.
     */
    boolean remove(long id, List<Terms> parts);

    /**
     * Indexes a row whole again if a part of it is removed, and returns true once that is done. It is meant for a row that
     * is not to be removed after all.
     */
    boolean restore(long id, IndexedText text, CutTexts cut);

    /** Returns the rows of which a part is removed. */
    List<Long> begun();

    /** Returns how far the index is filled. */
    Filling filling();

    /**
     * Returns whether the index has that row, or is given it when it is stored; false for a row that waits to be
     * indexed.
     */
    default boolean isIndexed(long id) {
        return filling().hasRow(id);
    }

    /**
     * Removes all rows; up to the id {@code last}, texts wait to be indexed from here on. What the rows consisted of stays
     * on the disk until {@link #clear} has deleted it, and must be deleted before the index is emptied again.
     */
    void empty(int version, long last);

    /** Returns whether nothing is left on the disk of rows that {@link #empty} removed. */
    boolean isClear();

    /** Deletes some of what {@link #empty} left on the disk, and returns true once nothing is left. */
    boolean clear();

    /** Notes that the texts up to this id are indexed. */
    void noteFilled(long id);

    /**
     * Makes searching faster after many rows were added, in short writes, as long as {@code goesOn}. Must be called
     * outside a write.
     */
    void tidy(Writes writes, BooleanSupplier goesOn);

    /** Returns the size of the index. */
    IndexSize size();

    /** Returns the highest id of the stored texts. */
    long highestId();

    /** Returns in how many rows each of the terms is, approximately; terms that are in none are left out. */
    Map<String, Long> frequencies(Collection<String> terms, IndexSize size);

    /**
     * Returns the ids of rows that have any of the words and pass the filter, the best by these words first, among those
     * with ids of at least {@code from}. A term in the index's text weighs more than one of its other forms, and that more
     * than one of its metadata.
     */
    List<Long> best(Collection<String> words, IndexFilter filter, long from, int most);

    /**
     * Returns the ids of the newest rows that have any of the words and pass the filter, with ids below {@code before},
     * newest first.
     */
    List<Long> newest(Collection<String> words, IndexFilter filter, long before, int most);

    /**
     * Returns the ids of the newest rows that pass a filter which narrows, with ids below {@code before}, newest first.
     */
    default List<Long> newest(IndexFilter filter, long before, int most) {
        return newest(filter.all().get(0), filter.withoutUnknown(frequencies(filter.terms(), size())), before, most);
    }
}
