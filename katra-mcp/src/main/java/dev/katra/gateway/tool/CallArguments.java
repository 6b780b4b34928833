package dev.katra.gateway.tool;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the arguments of a tool call, which are JSON in one format and, in the other, text that should be
 * JSON.
 */
public final class CallArguments {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Matches a word or number at the end, which may not be complete. */
    private static final Pattern WORD = Pattern.compile("(?<=[:\\[,\\s])[A-Za-z0-9.+-]+$");

    /** Matches a comma at the end, which something must follow. */
    private static final Pattern COMMA = Pattern.compile(",\\s*$");

    private CallArguments() {}

    /** Returns the text to send for the input of a call in the history, which is always a JSON object. */
    public static String text(JsonNode input) {
        return input.isObject() && !input.has("__unparsedToolInput") ? input.toString() : "{}";
    }

    /** Returns whether this text is a whole JSON object. */
    public static boolean complete(CharSequence text) {
        return parse(text.toString()).isPresent();
    }

    /** Returns the JSON object in this text; a blank text is the empty object. */
    public static Optional<JsonNode> read(String text) {
        return text.isBlank() ? Optional.of(STRICT.createObjectNode()) : parse(text);
    }

    /**
     * Returns the JSON object that this text means. A blank text is the empty object, and a trailing comma is dropped.
     * A text that lacks its end was cut and could have meant anything: the result is empty.
     */
    public static Optional<JsonNode> repaired(String text) {
        if (text.isBlank() || text.strip().equals("null")) {
            return Optional.of(STRICT.createObjectNode());
        }
        Optional<JsonNode> plain = parse(text);
        return plain.isPresent() ? plain : parse(mended(text));
    }

    /** Returns whether this text can be the beginning of a JSON object, or all of one. */
    public static boolean canBegin(String text) {
        String cut = COMMA.matcher(WORD.matcher(text).replaceFirst("")).replaceFirst("");
        return parse(text).isPresent() || lacksItsEnd(text) || (!cut.equals(text) && lacksItsEnd(cut));
    }

    private static boolean lacksItsEnd(String text) {
        try {
            STRICT.readTree(text);
            return false;
        } catch (UnexpectedEndOfInputException e) {
            return text.stripLeading().startsWith("{");
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Optional<JsonNode> parse(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(STRICT.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String mended(String text) {
        var out = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                quoted = c != '"';
                if (c == '\\' && i + 1 < text.length()) {
                    out.append(c);
                    c = text.charAt(++i);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '}' || c == ']') {
                dropComma(out);
            }
            out.append(c);
        }
        return out.toString();
    }

    private static void dropComma(StringBuilder out) {
        int last = out.length() - 1;
        while (last >= 0 && Character.isWhitespace(out.charAt(last))) {
            last--;
        }
        if (last >= 0 && out.charAt(last) == ',') {
            out.deleteCharAt(last);
        }
    }
}
