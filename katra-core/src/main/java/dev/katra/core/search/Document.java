package dev.katra.core.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;

/** What the ranking needs of a text: the hashes of its terms, with how it has them. */
public final class Document {

    private static final int HEAD = 2;

    private final long id;
    private final int[] terms;
    private final int content;
    private final int about;

    private Document(long id, int[] terms, int content, int about) {
        this.id = id;
        this.terms = terms;
        this.content = content;
        this.about = about;
    }

    /** Of the row with that id. */
    public static Document of(long id, Terms terms) {
        int content = terms.content().size();
        int about = content + terms.about().size();
        int[] all = new int[about + terms.code().size()];
        put(all, 0, terms.content());
        put(all, content, terms.about());
        put(all, about, terms.code());
        return new Document(id, all, content, about);
    }

    private static void put(int[] all, int from, List<String> terms) {
        int at = from;
        for (String term : terms) {
            all[at++] = term.hashCode();
        }
    }

    /** The same as it was when it was written so. */
    public static Document read(long id, byte[] written) {
        IntBuffer numbers =
                ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int content = numbers.get();
        int about = numbers.get();
        int[] terms = new int[numbers.remaining()];
        numbers.get(terms);
        return new Document(id, terms, content, about);
    }

    /** To be stored: integers of four bytes, the lowest first. */
    public byte[] written() {
        ByteBuffer bytes =
                ByteBuffer.allocate((HEAD + terms.length) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(content).put(about).put(terms);
        return bytes.array();
    }

    /** Of its row. */
    public long id() {
        return id;
    }

    /** Adds to each of the counts how often the text has that term. */
    void count(Counts counts) {
        counts.add(terms, 0, content, Counts.CONTENT);
        counts.add(terms, content, about, Counts.ABOUT);
        counts.add(terms, about, terms.length, Counts.CODE);
    }

    /** Whether it has a term that is a mark. */
    boolean marked(String mark) {
        int hash = mark.hashCode();
        for (int i = content; i < about; i++) {
            if (terms[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** In words. */
    int length() {
        return content;
    }

    /** In terms, which is what it costs to keep. */
    int size() {
        return terms.length;
    }
}
