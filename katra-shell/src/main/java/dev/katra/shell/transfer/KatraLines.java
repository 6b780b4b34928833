package dev.katra.shell.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.katra.core.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;

/** Katra's own format: a line that says so, and a line of JSON for each memory. */
final class KatraLines {

    private static final String FORMAT = "katra-memory";
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private KatraLines() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Header(String format, int version) {}

    /** Whether this is the first line of an export. */
    static boolean begins(String line) {
        JsonNode first = tree(line);
        return first != null && first.path("format").asString("").equals(FORMAT);
    }

    static Header header() {
        return new Header(FORMAT, VERSION);
    }

    /** Hands in every line. */
    static void read(List<String> lines, String name, Author author, Instant now, Intake intake) {
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            if (!line.isBlank() && !(n == 0 && isHeader(line))) {
                intake.take(name + ", line " + (n + 1), () -> line(line).memory(author, now));
            }
        }
    }

    private static MemoryLine line(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, MemoryLine.class))
                    .orElseThrow(() -> Failure.invalid("it is no memory in JSON: null"));
        } catch (InvalidFormatException e) {
            throw Failure.invalid("\"" + e.getValue() + "\" is no "
                            + (e.getPath().isEmpty()
                                    ? "memory in JSON"
                                    : e.getPath().get(0).getPropertyName()))
                    .cause(e);
        } catch (JacksonException e) {
            throw Failure.invalid("it is no memory in JSON: " + e.getOriginalMessage())
                    .cause(e);
        }
    }

    /** Whether the first line says what follows; fails if that is for a newer Katra, or another program's. */
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
