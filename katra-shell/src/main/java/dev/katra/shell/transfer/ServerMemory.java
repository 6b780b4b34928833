package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryRecord;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of the MCP server {@code server-memory}: a line of JSON for each entity, with its observations, and for each
 * relation. Each observation and each relation becomes a fact.
 */
final class ServerMemory {

    private static final List<String> TAGS = List.of("server-memory");

    private ServerMemory() {}

    static void read(List<String> lines, String name, Author author, Instant at, Intake intake) {
        if (!lines.isEmpty() && KatraLines.begins(lines.get(0))) {
            throw Failure.invalid("this is an export of Katra's own").hint("leave out --from");
        }
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            String place = name + ", line " + (n + 1);
            if (line.isBlank()) {
                continue;
            }
            List<String> facts = new ArrayList<>();
            try {
                facts = facts(JsonMapper.shared().readTree(line));
            } catch (JacksonException e) {
                // said below
            }
            if (facts.isEmpty()) {
                intake.take(place, () -> {
                    throw Failure.invalid("it is neither an entity nor a relation");
                });
            }
            for (String fact : facts) {
                intake.take(place, () -> fact(fact, author, at));
            }
        }
    }

    private static MemoryRecord fact(String fact, Author author, Instant at) {
        return MemoryRecord.foreign(
                MemoryLine.uid(author.name(), fact),
                author.name(),
                author.human(),
                new NewMemory(fact, MemoryKind.FACT, MemoryScope.TEAM, NewMemory.USUAL_IMPORTANCE, TAGS),
                at);
    }

    private static List<String> facts(JsonNode line) {
        return switch (line.path("type").asString("")) {
            case "entity" -> entity(line);
            case "relation" ->
                List.of(line.path("from").asString("") + " "
                        + line.path("relationType").asString("") + " "
                        + line.path("to").asString(""));
            default -> List.of();
        };
    }

    private static List<String> entity(JsonNode line) {
        String type = line.path("entityType").asString("");
        String name = line.path("name").asString("") + (type.isEmpty() ? "" : " (" + type + ")");
        List<String> facts = new ArrayList<>();
        for (JsonNode observation : line.path("observations")) {
            facts.add(name + ": " + observation.asString(""));
        }
        return facts.isEmpty() ? List.of(name) : facts;
    }
}
