package dev.katra.gateway.failure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An ErrorResponse holds what an endpoint sent instead of an answer.
 *
 * @param headers the headers by their names in lower case
 */
public record ErrorResponse(int status, Map<String, String> headers, String body) {

    private static final int MAX_MESSAGE_CHARS = 600;
    private static final int MAX_TITLE_CHARS = 80;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>([^<]*)<");

    public ErrorResponse {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    /** Returns the response for an error that came inside a stream or a 200, with the status that it would have had. */
    public static ErrorResponse fromBody(JsonNode error) {
        JsonNode wrapped = JsonMapper.shared().createObjectNode().set("error", error);
        return new ErrorResponse(InBodyStatus.of(error), Map.of(), wrapped.toString());
    }

    /** Returns the endpoint's message, without text that looks like a key. */
    String message() {
        JsonNode error = error();
        String text =
                error.isString() ? error.asString() : error.path("message").asString("");
        if (text.isEmpty()) {
            text = tree().path("message").asString(tree().path("detail").asString(""));
        }
        if (text.isEmpty() && !html()) {
            text = body.strip();
        }
        String shown = text.length() > MAX_MESSAGE_CHARS ? text.substring(0, MAX_MESSAGE_CHARS) + "…" : text;
        return Redaction.redact(shown);
    }

    /**
     * Returns the message in the other fields that endpoints use for one where an answer should be; empty if there is
     * none.
     */
    String otherMessage() {
        JsonNode tree = tree();
        for (String path : List.of(
                "/error/message",
                "/error",
                "/message",
                "/msg",
                "/error_msg",
                "/errorMessage",
                "/detail",
                "/base_resp/status_msg",
                "/header/message")) {
            String text = tree.at(path).asString("");
            if (!text.isBlank()) {
                return Redaction.redact(
                        text.length() > MAX_MESSAGE_CHARS ? text.substring(0, MAX_MESSAGE_CHARS) + "…" : text);
            }
        }
        return "";
    }

    /** Returns the endpoint's code and type of the error; blank if it names none. */
    String code() {
        JsonNode error = error();
        return error.path("code").asString("") + " " + error.path("type").asString("");
    }

    /** Returns the request field that the endpoint complains of; empty if it names none. */
    String parameter() {
        return error().path("param").asString("");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean html() {
        String start = body.stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype") || start.startsWith("<html");
    }

    /** Returns the title of a web page; empty if the body is not a web page or has no title. */
    String title() {
        Matcher title = TITLE.matcher(body);
        boolean found = html() && title.find();
        String text = found ? title.group(1).replaceAll("\\s+", " ").strip() : "";
        return Redaction.redact(text.length() > MAX_TITLE_CHARS ? text.substring(0, MAX_TITLE_CHARS) + "…" : text);
    }

    JsonNode error() {
        JsonNode tree = tree();
        return tree.path("error");
    }

    JsonNode tree() {
        try {
            JsonNode tree = JsonMapper.shared().readTree(body);
            return tree.isArray() ? tree.path(0) : tree;
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
