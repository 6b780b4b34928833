package dev.katra.core.testing.retrieval;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One question of the set.
 *
 * @param type its class, such as {@code paraphrase}
 * @param viewer the persona that asks
 * @param expected keys of the memories that answer it; empty if none may
 * @param below keys of memories that must not stand above the expected ones
 * @param forbidden keys of memories that the viewer must not find
 * @param now when it is asked
 */
public record RetrievalQuestion(
        String id,
        String type,
        String viewer,
        String text,
        List<String> expected,
        List<String> below,
        List<String> forbidden,
        Instant now) {

    /** The class of questions that only a set of mixed lengths can ask. */
    public static final String LONG = "long";

    /** How many answers are looked at. */
    public static final int DEPTH = 10;

    /** Whether there is a memory that answers it. */
    public boolean answerable() {
        return !expected.isEmpty();
    }

    /** The place of the first answer among what was found, 1 being the best; 0 if it is not there or below what it replaced. */
    public int rank(List<String> found) {
        for (int place = 1; place <= Math.min(DEPTH, found.size()); place++) {
            String key = found.get(place - 1);
            if (expected.contains(key)) {
                return place;
            }
            if (below.contains(key)) {
                return 0;
            }
        }
        return 0;
    }

    static RetrievalQuestion of(JsonNode line) {
        return new RetrievalQuestion(
                line.path("id").asString(),
                line.path("class").asString(),
                line.path("viewer").asString(),
                line.path("question").asString(),
                TeamMemory.strings(line.path("expected")),
                TeamMemory.strings(line.path("below")),
                TeamMemory.strings(line.path("forbidden")),
                Instant.parse(line.path("now").asString()));
    }
}
