package dev.katra.shell.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryAuthor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes Katra's own format: a line that says so, and a line of JSON for each memory. */
final class KatraExportFormat {

    private static final String FORMAT = "katra-memory";
    private static final int VERSION = 1;

    /**
     * The maximum length of a line, in mebibytes. A memory is 64 KiB at most, and six times that with every character
     * escaped.
     */
    static final int MAX_LINE_MEBIBYTES = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private KatraExportFormat() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Header(String format, int version) {}

    /** Returns whether this is the first line of an export. */
    static boolean isExport(String line) {
        JsonNode first = tree(line);
        return first != null && first.path("format").asString("").equals(FORMAT);
    }

    static Header header() {
        return new Header(FORMAT, VERSION);
    }

    /** Reads every line and hands in its memory. */
    static void read(InputStream text, String name, MemoryAuthor author, Instant now, ImportBatch intake)
            throws IOException {
        BoundedLineReader.each(text, name, MAX_LINE_MEBIBYTES, intake, (line, number) -> {
            if (!line.isBlank() && !(number == 1 && isHeader(line))) {
                intake.add(
                        BoundedLineReader.place(name, number), () -> line(line).memory(author, now));
            }
        });
    }

    private static MemoryJson line(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            tree.properties().stream()
                    .filter(field ->
                            field.getValue().isNumber() && !field.getValue().canConvertToInt())
                    .findFirst()
                    .ifPresent(field -> {
                        throw Failure.invalid(field.getKey() + " cannot be " + field.getValue())
                                .hint("a line is an object as katra memory export writes it");
                    });
            return Optional.ofNullable(JSON.treeToValue(tree, MemoryJson.class))
                    .orElseThrow(() -> Failure.invalid("it is not a memory in JSON: null")
                            .hint("a line is an object as katra memory export writes it"));
        } catch (InvalidFormatException e) {
            throw Failure.invalid((e.getPath().isEmpty()
                                    ? "the line"
                                    : e.getPath().get(0).getPropertyName()) + " cannot be \"" + e.getValue() + "\"")
                    .hint("a line is an object as katra memory export writes it")
                    .cause(e);
        } catch (DatabindException e) {
            throw e.getPath().isEmpty()
                    ? notAMemory(e)
                    : Failure.invalid(e.getPath().get(0).getPropertyName() + " has a value of the wrong kind")
                            .hint("a line is an object as katra memory export writes it")
                            .cause(e);
        } catch (JacksonException e) {
            throw notAMemory(e);
        }
    }

    private static Failure notAMemory(JacksonException e) {
        return Failure.invalid("it is not a memory in JSON: " + e.getOriginalMessage())
                .hint("a line is an object as katra memory export writes it")
                .cause(e);
    }

    /**
     * Returns whether the first line is the header of an export. Fails if it is one for a newer Katra, or another
     * program's.
     */
    private static boolean isHeader(String line) {
        JsonNode first = tree(line);
        if (first == null) {
            return false;
        }
        String type = first.path("type").asString("");
        if (type.equals("entity") || type.equals("relation")) {
            throw Failure.invalid("this is a file of server-memory").hint("add --from server-memory");
        }
        if (!first.path("format").asString("").equals(FORMAT)) {
            return false;
        }
        int version = first.path("version").asInt(0);
        if (version > VERSION) {
            throw Failure.invalid("this export is of format " + version + ", and this Katra reads " + VERSION)
                    .hint("import it with the Katra that it comes from, or a newer one");
        }
        return true;
    }

    private static @Nullable JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            return null;
        }
    }
}
