package dev.katra.core.search;

import java.util.Arrays;
import java.util.List;

/** What the ranking needs of a text: how often it has which terms, by their hashes, and how long it is. */
final class Document {

    private static final int CONTENT = 10;
    private static final int ABOUT = 5;
    private static final int CODE = 8;
    private static final double SCALE = CONTENT;

    private final int[] terms;
    private final byte[] counts;
    private final int length;

    private Document(int[] terms, byte[] counts, int length) {
        this.terms = terms;
        this.counts = counts;
        this.length = length;
    }

    static Document of(Terms terms) {
        long[] all = new long
                [terms.content().size() + terms.about().size() + terms.code().size()];
        int end = put(all, 0, terms.content(), CONTENT);
        end = put(all, end, terms.about(), ABOUT);
        put(all, end, terms.code(), CODE);
        Arrays.sort(all);
        int[] hashes = new int[all.length];
        byte[] counts = new byte[all.length];
        int last = -1;
        for (long each : all) {
            int hash = (int) (each >> Integer.SIZE);
            if (last < 0 || hashes[last] != hash) {
                hashes[++last] = hash;
            }
            counts[last] = (byte) Math.min(Byte.MAX_VALUE, counts[last] + (int) each);
        }
        return new Document(
                Arrays.copyOf(hashes, last + 1),
                Arrays.copyOf(counts, last + 1),
                terms.content().size());
    }

    /** Hash and weight of each in one number: they are sorted at once, and none is boxed. */
    private static int put(long[] all, int from, List<String> terms, int weight) {
        int at = from;
        for (String term : terms) {
            all[at++] = ((long) term.hashCode() << Integer.SIZE) | weight;
        }
        return at;
    }

    /** How often it has the term, a word of the text counting 1. */
    double count(int hash) {
        int at = Arrays.binarySearch(terms, hash);
        return at < 0 ? 0 : counts[at] / SCALE;
    }

    /** In words. */
    int length() {
        return length;
    }

    /** In terms, which is what it costs to keep. */
    int size() {
        return terms.length;
    }
}
