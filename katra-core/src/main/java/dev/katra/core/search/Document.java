package dev.katra.core.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ranking needs of a text: how often it has which terms, by their hashes, and how long it is. */
final class Document {

    private static final double ABOUT = 0.5;
    private static final double CODE = 0.8;
    private static final double SCALE = 10;

    private final int[] terms;
    private final byte[] counts;
    private final int length;

    private Document(int[] terms, byte[] counts, int length) {
        this.terms = terms;
        this.counts = counts;
        this.length = length;
    }

    static Document of(Terms terms) {
        Map<Integer, Double> counts = new HashMap<>();
        count(counts, terms.content(), 1);
        count(counts, terms.about(), ABOUT);
        count(counts, terms.code(), CODE);
        int[] hashes =
                counts.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        byte[] scaled = new byte[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            scaled[i] = (byte) Math.min(127, Math.round(counts.getOrDefault(hashes[i], 0.0) * SCALE));
        }
        return new Document(hashes, scaled, terms.content().size());
    }

    private static void count(Map<Integer, Double> counts, List<String> terms, double weight) {
        terms.forEach(term -> counts.merge(term.hashCode(), weight, Double::sum));
    }

    /** How often it has the term, a word of the text counting 1. */
    double count(int hash) {
        int at = java.util.Arrays.binarySearch(terms, hash);
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
