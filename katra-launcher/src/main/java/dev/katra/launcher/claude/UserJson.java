package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON that a user wrote, in a file or on the command line, and reports errors in the user's terms. */
final class UserJson {

    static final JsonMapper JSON = JsonMapper.shared();

    private UserJson() {}

    /**
     * Returns the object that an option's value means: the value itself if it begins with a brace, otherwise a file
     * relative to the folder.
     */
    static ObjectNode read(String option, String value, Path folder) {
        if (value.strip().startsWith("{")) {
            return parse(value, "the JSON of " + option);
        }
        try {
            return parse(Files.readString(folder.resolve(value)), "the file \"" + value + "\" of " + option);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw Failure.invalid("no file \"" + value + "\" for " + option)
                    .hint("name one that is there, or JSON itself: " + option + " '{…}'")
                    .cause(e);
        } catch (IOException e) {
            throw Failure.invalid("cannot read the file \"" + value + "\" of " + option)
                    .hint("check its permissions: ls -l")
                    .cause(e);
        }
    }

    /** Parses text into an object. The text may hold a secret, so no error repeats it. */
    static ObjectNode parse(String text, String what) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            throw Failure.invalid(what + " is not valid JSON" + where(e))
                    .hint("correct it; the usual mistakes are a comma too many and single quotes");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Failure.invalid(what + " is not a JSON object").hint("it begins with { and ends with }");
    }

    /** Returns the object of that name in its parent, created if it is missing. */
    static ObjectNode object(ObjectNode parent, String name, String what) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return parent.putObject(name);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Failure.invalid("\"" + name + "\" in " + what + " is not a JSON object")
                .hint("it begins with { and ends with }");
    }

    /** Returns the array of that name in its parent, created if it is missing. */
    static ArrayNode array(ObjectNode parent, String name, String what) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return parent.putArray(name);
        }
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw Failure.invalid("\"" + name + "\" in " + what + " is not a JSON array")
                .hint("it begins with [ and ends with ]");
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
