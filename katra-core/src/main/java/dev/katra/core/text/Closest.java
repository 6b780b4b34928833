package dev.katra.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody probably meant. It is the one rule for names, commands and settings. */
public final class Closest {

    private static final int MAX_DISTANCE = 2;
    private static final int MIN_PREFIX_CHARACTERS = 3;
    private static final int MAX_LENGTH_DIFFERENCE = 100;

    private Closest() {}

    /**
     * Returns the known word that was probably meant: one that differs in one letter, or in two where it has six or
     * more; else the only one that begins with what was typed.
     */
    public static Optional<String> to(String typed, Collection<String> known) {
        int near = Math.max(1, Math.min(MAX_DISTANCE, typed.length() / 3));
        Optional<String> nearest = byDistance(typed, known).stream()
                .findFirst()
                .filter(candidate -> distance(typed, candidate) <= near && distance(typed, candidate) < typed.length());
        return nearest.isPresent() ? nearest : begunWith(typed, known);
    }

    /** Returns the known words, each once, the nearest first. */
    public static List<String> byDistance(String typed, Collection<String> known) {
        return known.stream()
                .distinct()
                .sorted(Comparator.comparingInt((String candidate) -> distance(typed, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static Optional<String> begunWith(String typed, Collection<String> known) {
        String beginning = typed.toLowerCase(Locale.ROOT);
        List<String> begun = known.stream()
                .distinct()
                .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(beginning))
                .limit(2)
                .toList();
        return typed.length() >= MIN_PREFIX_CHARACTERS && begun.size() == 1
                ? Optional.of(begun.get(0))
                : Optional.empty();
    }

    /**
     * Returns how many letters have to be inserted, left out, replaced or swapped with their neighbour to get from one
     * word to the other, ignoring case (Damerau and Levenshtein's distance, each place changed once).
     */
    public static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > MAX_LENGTH_DIFFERENCE) {
            return Math.max(a.length(), b.length()); // a long text is not a name
        }
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, a, b, i, j);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(int[][] steps, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
