package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.NewMemory;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the file of the MCP server {@code server-memory}: a line of JSON for each entity, with its observations, and
 * for each relation. Each observation and each relation becomes a fact.
 */
final class ServerMemoryReader {

    private static final List<String> TAGS = List.of("server-memory");

    /** The maximum length of a line, in mebibytes: an entity may have many observations. */
    private static final int MAX_LINE_MEBIBYTES = 4;

    private ServerMemoryReader() {}

    static void read(InputStream text, String name, MemoryAuthor author, Instant at, ImportBatch intake)
            throws IOException {
        BoundedLineReader.each(text, name, MAX_LINE_MEBIBYTES, intake, (line, number) -> {
            if (number == 1 && KatraExportFormat.isExport(line)) {
                throw Failure.invalid("this is an export of Katra's own").hint("leave out --from");
            }
            if (!line.isBlank()) {
                read(line, BoundedLineReader.place(name, number), author, at, intake);
            }
        });
    }

    private static void read(String line, String place, MemoryAuthor author, Instant at, ImportBatch intake) {
        List<String> facts = new ArrayList<>();
        try {
            facts = facts(JsonMapper.shared().readTree(line));
        } catch (JacksonException e) {
            // said below
        }
        if (facts.isEmpty()) {
            intake.refuse(
                    place,
                    Failure.invalid("it is neither an entity nor a relation")
                            .hint("its lines have type entity or relation"));
        }
        for (String fact : facts) {
            intake.add(place, () -> fact(fact, author, at));
        }
    }

    private static ExportedMemory fact(String fact, MemoryAuthor author, Instant at) {
        return ExportedMemory.single(
                MemoryUids.of(author, fact),
                author,
                new NewMemory(MemoryBody.note(fact).kind(MemoryKind.FACT).tags(TAGS)),
                MemoryOrigin.unknown(at));
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
