package dev.katra.core.testing.retrieval;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One memory of the set.
 *
 * @param key what questions call it
 * @param session key of the session that wrote it; null for a person, as are folder, provider and model
 * @param supersedes key of the memory that it replaces
 */
public record TeamMemory(
        String key,
        String author,
        @Nullable String session,
        @Nullable String folder,
        @Nullable String provider,
        @Nullable String model,
        NewMemory memory,
        Instant at,
        @Nullable String supersedes,
        int confirmations) {

    /** Whether that persona may find it. */
    public boolean visibleTo(String viewer) {
        return memory.body().scope() == MemoryScope.TEAM || author.equals(viewer);
    }

    static TeamMemory of(JsonNode line) {
        return new TeamMemory(
                line.path("id").asString(),
                line.path("author").asString(),
                text(line, "session"),
                text(line, "folder"),
                text(line, "provider"),
                text(line, "model"),
                new NewMemory(
                        line.path("content").asString(),
                        MemoryKind.valueOf(line.path("kind").asString().toUpperCase(Locale.ROOT)),
                        MemoryScope.valueOf(line.path("scope").asString().toUpperCase(Locale.ROOT)),
                        line.path("importance").asInt(),
                        strings(line.path("tags"))),
                Instant.parse(line.path("at").asString()),
                text(line, "supersedes"),
                line.path("confirmations").asInt(0));
    }

    static List<String> strings(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }

    private static @Nullable String text(JsonNode line, String field) {
        return line.path(field).isMissingNode() ? null : line.path(field).asString();
    }
}
