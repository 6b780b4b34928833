package dev.katra.core.search;

/** Gives access to texts that have an index, so that it can be filled anew. */
public interface Searchable {

    /** Returns the texts. */
    StoredTexts texts();

    /** Adds a row to the index. Must be called inside a write. */
    void index(long id, Terms terms);
}
