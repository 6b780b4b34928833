package dev.katra.mcp.gateway.failure;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an endpoint answered instead of an answer.
 *
 * @param headers by their names in lower case
 */
public record Refusal(int status, Map<String, String> headers, String body) {

    private static final int SHOWN = 600;

    public Refusal {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    /** The refusal in an error that came inside a stream or a 200, with the status that it would have had. */
    public static Refusal inBody(JsonNode error) {
        JsonNode wrapped = JsonMapper.shared().createObjectNode().set("error", error);
        return new Refusal(InBodyStatus.of(error), Map.of(), wrapped.toString());
    }

    /** What the endpoint says, without anything that looks like a key. */
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
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return Secrets.hidden(shown);
    }

    /** The endpoint's own word for the kind of error; empty if it has none. */
    String code() {
        JsonNode error = error();
        return error.path("code").asString("") + " " + error.path("type").asString("");
    }

    /** The field that the endpoint complains of; empty if it names none. */
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

    JsonNode error() {
        JsonNode tree = tree();
        return tree.path("error");
    }

    private JsonNode tree() {
        try {
            JsonNode tree = JsonMapper.shared().readTree(body);
            return tree.isArray() ? tree.path(0) : tree;
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
