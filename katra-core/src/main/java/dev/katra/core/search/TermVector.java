package dev.katra.core.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;

/**
 * Holds the term vector of one text, which the ranking needs: the hashes of its terms, of the text itself, of its
 * metadata and of other forms.
 */
public final class TermVector {

    private static final int HEAD = 2;

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
