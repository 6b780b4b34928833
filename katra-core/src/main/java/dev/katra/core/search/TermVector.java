package dev.katra.core.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds the term vector of one text, which the ranking needs: the hashes of its terms, of the text itself, of its
 * metadata and of other forms.
 */
public final class TermVector {

    private static final int HEAD = 2;

    /** The number of words from one passage to the next. */
    private static final int STEP = 8;

    private final long id;
    private final int[] terms;
    private final int contentEnd;
    private final int metaEnd;

    private TermVector(long id, int[] terms, int contentEnd, int metaEnd) {
        this.id = id;
        this.terms = terms;
        this.contentEnd = contentEnd;
        this.metaEnd = metaEnd;
    }

    /** Creates the term vector of the row with that id. */
    public static TermVector of(long id, Terms terms) {
        int content = terms.content().size();
        int about = content + terms.meta().size();
        int[] all = new int[about + terms.forms().size()];
        put(all, 0, terms.content());
        put(all, content, terms.meta());
        put(all, about, terms.forms());
        return new TermVector(id, all, content, about);
    }

    private static void put(int[] all, int from, List<String> terms) {
        int at = from;
        for (String term : terms) {
            all[at++] = term.hashCode();
        }
    }

    /** Reads a term vector from its stored form. */
    public static TermVector decode(long id, byte[] written) {
        IntBuffer numbers =
                ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int content = numbers.get();
        int about = numbers.get();
        int[] terms = new int[numbers.remaining()];
        numbers.get(terms);
        return new TermVector(id, terms, content, about);
    }

    /** Returns the stored form: integers of four bytes, the lowest byte first. */
    public byte[] encode() {
        ByteBuffer bytes =
                ByteBuffer.allocate((HEAD + terms.length) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(contentEnd).put(metaEnd).put(terms);
        return bytes.array();
    }

    /** Returns the id of the row. */
    public long id() {
        return id;
    }

    /** Adds to the counts how often the text has each of their terms. */
    void count(TermCounts counts) {
        counts.add(terms, 0, contentEnd, TermCounts.CONTENT_WEIGHT);
        counts.add(terms, contentEnd, metaEnd, TermCounts.META_WEIGHT);
        counts.add(terms, metaEnd, terms.length, TermCounts.FORMS_WEIGHT);
    }

    /**
     * Counts the terms of one passage after the other, and tells of each. A passage is as long as it may be, begins with a
     * term of the question, and at least {@link #STEP} words after the one before it. Other forms count once in each
     * passage at most, and less the longer the text is, because it is not known where they stand.
     *
     * @param words the largest length of a passage
     * @param counted is called when a passage is counted
     */
    void countPassages(TermCounts counts, int words, Runnable counted) {
        counts.clear();
        counts.add(terms, metaEnd, terms.length, TermCounts.FORMS_WEIGHT);
        counts.limit(Math.sqrt(Math.min(1, (double) words / Math.max(1, contentEnd))));
        counts.add(terms, contentEnd, metaEnd, TermCounts.META_WEIGHT);
        int[] places = new int[contentEnd]; // the index of each term of the question, where it stands
        int first = 0;
        int told = -STEP;
        for (int at = 0; at < contentEnd; at++) {
            places[at] = counts.indexOf(terms[at]);
            if (places[at] >= 0) {
                if (at - first >= words && first - told >= STEP) {
                    counted.run();
                    told = first;
                }
                while (at - first >= words || (first < at && places[first] < 0)) {
                    if (places[first] >= 0) {
                        counts.add(places[first], -TermCounts.CONTENT_WEIGHT);
                    }
                    first++;
                }
                counts.add(places[at], TermCounts.CONTENT_WEIGHT);
            }
        }
        counted.run();
    }

    /** Returns which share of their terms this text and the other have in common, from 0 to 1; repeats count once. */
    double sharedTerms(TermVector other) {
        int[] mine = distinctContent();
        int[] others = other.distinctContent();
        int shared = 0;
        for (int i = 0, j = 0; i < mine.length && j < others.length; ) {
            shared += mine[i] == others[j] ? 1 : 0;
            int order = Integer.compare(mine[i], others[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int all = mine.length + others.length;
        return all == 0 ? 0 : 2.0 * shared / all;
    }

    /** Returns the hashes of the terms of the text, each once. */
    public IntStream distinctTerms() {
        return Arrays.stream(distinctContent());
    }

    private int[] distinctContent() {
        return Arrays.stream(terms, 0, contentEnd).sorted().distinct().toArray();
    }

    /** Returns whether the text has that filter term. */
    boolean hasFilterTerm(String mark) {
        int hash = mark.hashCode();
        for (int i = contentEnd; i < metaEnd; i++) {
            if (terms[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** Returns the length of the text, in words. */
    int wordCount() {
        return contentEnd;
    }

    /** Returns the number of terms, which decides the memory that a cached vector takes: four bytes each. */
    int termCount() {
        return terms.length;
    }
}
