package dev.katra.core.search;

import java.util.Arrays;
import java.util.Collection;

/** How often a text has each of the terms of a question. For one text after the other, and for one thread. */
final class Counts {

    /** What a word of the text counts, one that stands around it, and another form of one. */
    static final double CONTENT = 1;

    static final double ABOUT = 0.5;
    static final double CODE = 0.8;

    /** So many slots for each term: most terms of a text meet an empty one. */
    private static final int SPARE = 8;

    private final int[] slots;
    private final int[] hashes;
    private final double[] counts;

    Counts(Collection<String> terms) {
        slots = new int[Integer.highestOneBit(Math.max(1, terms.size())) * SPARE];
        hashes = new int[terms.size()];
        counts = new double[terms.size()];
        int place = 0;
        for (String term : terms) {
            int slot = slot(term.hashCode());
            if (slots[slot] == 0) {
                hashes[place] = term.hashCode();
                slots[slot] = ++place;
            }
        }
    }

    /** Of the term with that hash; less than 0 if the question has none. */
    int place(int hash) {
        return slots[slot(hash)] - 1;
    }

    /** The one that has the hash, or else the free one for it. */
    private int slot(int hash) {
        int slot = first(hash);
        while (slots[slot] > 0 && hashes[slots[slot] - 1] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int first(int hash) {
        return (hash ^ (hash >>> 16)) & (slots.length - 1);
    }

    void of(Document document) {
        Arrays.fill(counts, 0);
        document.count(this);
    }

    /** Adds so much for each of these hashes. Most are none of the question's, and meet an empty slot. */
    void add(int[] terms, int from, int to, double count) {
        for (int i = from; i < to; i++) {
            int hash = terms[i];
            if (slots[first(hash)] > 0) {
                int place = place(hash);
                if (place >= 0) {
                    counts[place] += count;
                }
            }
        }
    }

    double at(int place) {
        return counts[place];
    }
}
