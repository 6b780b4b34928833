package dev.katra.launcher.provider;

import dev.katra.core.persona.NameDistance;
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
                .filter(candidate -> NameDistance.between(typed, candidate) <= near)
                .min(Comparator.comparing((String candidate) -> NameDistance.between(typed, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
