package dev.katra.gateway.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists models and reads model names in the form of the Messages API. */
final class ModelList {

    private static final String UNKNOWN = "unknown";

    private ModelList() {}

    /**
     * Returns the list of a session's models. The client shows only names that begin with {@code claude}, so these do.
     */
    static ObjectNode json(SessionUpstream session) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ArrayNode data = answer.putArray("data");
        for (String model : session.models()) {
            data.addObject()
                    .put("type", "model")
                    .put("id", session.alias(model))
                    .put("display_name", model + " (" + session.provider().id() + ")")
                    .put("created_at", "1970-01-01T00:00:00Z");
        }
        answer.put("has_more", false);
        answer.set("first_id", data.path(0).path("id").deepCopy());
        answer.set("last_id", data.path(data.size() - 1).path("id").deepCopy());
        return answer;
    }

    /** Returns whether a body is a JSON object, as far as its beginning shows. */
    static boolean isObject(byte[] body) {
        return BufferedBody.json(body, body.length);
    }

    /** Returns the model that a request names, without reading the whole request. */
    static String requestedModel(byte[] body) {
        try (JsonParser parser = JsonMapper.shared().createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return UNKNOWN;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean model = parser.currentName().equals("model");
                if (parser.nextToken() == JsonToken.VALUE_STRING && model) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
            return UNKNOWN;
        } catch (JacksonException e) {
            return UNKNOWN;
        }
    }
}
