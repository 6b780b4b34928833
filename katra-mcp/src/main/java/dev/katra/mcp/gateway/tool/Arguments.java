package dev.katra.mcp.gateway.tool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of a tool call, which are JSON in one format and text that should be JSON in the other. */
public final class Arguments {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Arguments() {}

    /** The text to send for the input of a call in the history: always a JSON object. */
    public static String text(JsonNode input) {
        return input.isObject() && !input.has("__unparsedToolInput") ? input.toString() : "{}";
    }

    /** Whether this text is a whole JSON object. */
    public static boolean complete(CharSequence text) {
        return parse(text.toString()).isPresent();
    }

    /** The object that this text is; no text at all is the empty object. */
    public static Optional<JsonNode> read(String text) {
        return text.isBlank() ? Optional.of(STRICT.createObjectNode()) : parse(text);
    }

    /**
     * The object that this text means. No text at all is the empty object; a comma too many and brackets missing at the
     * end are forgiven, a string without an end is not. Empty if it means none.
     */
    public static Optional<JsonNode> repaired(String text) {
        if (text.isBlank() || text.strip().equals("null")) {
            return Optional.of(STRICT.createObjectNode());
        }
        Optional<JsonNode> plain = parse(text);
        return plain.isPresent() ? plain : parse(mended(text));
    }

    /** The brackets that this text lacks at its end to be an object; empty if they are not all that it lacks. */
    public static Optional<String> missingEnd(String text) {
        String whole = mended(text);
        boolean onlyEnd = whole.startsWith(text) && parse(whole).isPresent();
        return onlyEnd ? Optional.of(whole.substring(text.length())) : Optional.empty();
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
        Deque<Character> ends = new ArrayDeque<>();
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
            } else if (c == '{' || c == '[') {
                ends.push(c == '{' ? '}' : ']');
            } else if (c == '}' || c == ']') {
                dropComma(out);
                ends.poll();
            }
            out.append(c);
        }
        if (quoted) {
            return text;
        }
        dropComma(out);
        ends.forEach(out::append);
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
