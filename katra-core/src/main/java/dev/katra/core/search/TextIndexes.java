package dev.katra.core.search;

/** Opens the indexes of the store. */
public interface TextIndexes {

    /** Returns the index of that name, which is that of its texts; always the same object. May be called at any time. */
    TextIndex of(String name);
}
