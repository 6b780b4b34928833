package dev.katra.launcher.provider;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Did you mean: the candidate nearest to what was typed, if it is near at all. */
final class Closest {

    private Closest() {}

    static Optional<String> to(String typed, Stream<String> candidates) {
        int near = Math.max(1, Math.min(2, typed.length() / 3));
        return candidates
                .distinct()
                .filter(candidate -> distance(typed, candidate) <= near)
                .min(Comparator.comparing((String candidate) -> distance(typed, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
    static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] above = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                current[column] =
                        Math.min(Math.min(current[column - 1], above[column]) + 1, above[column - 1] + (same ? 0 : 1));
                if (row > 1
                        && column > 1
                        && one.charAt(row - 1) == other.charAt(column - 2)
                        && one.charAt(row - 2) == other.charAt(column - 1)) {
                    current[column] = Math.min(current[column], before[column - 2] + 1);
                }
            }
            before = above;
            above = current;
        }
        return above[other.length()];
    }
}
