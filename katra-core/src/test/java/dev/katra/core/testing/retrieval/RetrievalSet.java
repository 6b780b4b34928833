package dev.katra.core.testing.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The memories of a team, short and long, oldest first, and questions about them; {@code retrieval/README.md} describes both. */
public record RetrievalSet(List<TeamMemory> memories) {

    /** The two halves of the questions. */
    public enum Half {
        /** The one to look at while the ranking changes. */
        TUNE("questions-tune.jsonl"),
        /** The one that only says how well that went. */
        HELD_OUT("questions-held-out.jsonl");

        private final String file;

        Half(String file) {
            this.file = file;
        }

        /** Its questions. */
        public List<RetrievalQuestion> questions() {
            return lines(file)
                    .filter(line -> line.has("question"))
                    .map(RetrievalQuestion::of)
                    .toList();
        }

        @Override
        public String toString() {
            return this == TUNE ? "tune" : "held-out";
        }
    }

    /** Reads it. */
    public static RetrievalSet read() {
        return new RetrievalSet(lines("memories.jsonl").map(TeamMemory::of).toList());
    }

    private static Stream<JsonNode> lines(String file) {
        JsonMapper json = JsonMapper.builder().build();
        try (InputStream in = RetrievalSet.class.getResourceAsStream("/retrieval/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(json::readTree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
