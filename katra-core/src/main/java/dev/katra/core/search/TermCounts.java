package dev.katra.core.search;

import java.util.Arrays;
import java.util.Collection;

/** Counts how often a text has each term of a question. It is used for one text after the other, by one thread. */
final class TermCounts {

    /** The weight of a term of the text itself; those of a meta term and of another form follow. */
    static final double CONTENT_WEIGHT = 1;

    static final double META_WEIGHT = 1;
    static final double FORMS_WEIGHT = 0.8;

    /** The number of slots for each term: so most terms of a text meet an empty one. */
    private static final int SLOTS_PER_TERM = 8;

    private final int[] slots;
    private final int[] hashes;
    private final double[] counts;

    TermCounts(Collection<String> terms) {
        slots = new int[Integer.highestOneBit(Math.max(1, terms.size())) * SLOTS_PER_TERM];
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

    /** Returns the index of the term with that hash; less than 0 if the question has no such term. */
    int indexOf(int hash) {
        return slots[first(hash)] == 0 ? -1 : slots[slot(hash)] - 1;
    }

    /** Returns the slot of that hash, or the free one for it. */
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

    void countTerms(TermVector document) {
        clear();
        document.count(this);
    }

    /** Adds the weight {@code count} for each of these hashes. */
    void add(int[] terms, int from, int to, double count) {
        for (int i = from; i < to; i++) {
            int place = indexOf(terms[i]);
            if (place >= 0) {
                counts[place] += count;
            }
        }
    }

    /** Sets the counts to those of nothing. */
    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds to the count of the term with that index. */
    void add(int place, double count) {
        counts[place] += count;
    }

    /** Lowers counts that are higher than that. */
    void limit(double most) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.min(counts[i], most);
        }
    }

    double at(int place) {
        return counts[place];
    }
}
