package dev.katra.mcp.hook;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** The few words of a hook's event that count. A body may hold a tool's whole answer, so nothing else of it is kept. */
final class HookEvent {

    private static final int LARGEST_BODY = 32 * 1024 * 1024;
    private static final Set<String> WANTED = Set.of(
            "hook_event_name",
            "prompt_id",
            "tool_use_id",
            "tool_name",
            "prompt",
            "source",
            "agent_id",
            "notification_type",
            "message");

    private final Map<String, String> values;

    private HookEvent(Map<String, String> values) {
        this.values = values;
    }

    /** Reads the body to its end. What is no JSON has no words. */
    static HookEvent read(HttpServletRequest request, JsonMapper json) throws IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        InputStream body = request.getInputStream();
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser =
                json.reader().without(StreamReadFeature.AUTO_CLOSE_SOURCE).createParser(body)) {
            words(parser, values);
        } catch (JacksonException e) {
            // an event that tells nothing
        }
        body.transferTo(OutputStream.nullOutputStream());
        return new HookEvent(values);
    }

    private static void words(JsonParser parser, Map<String, String> values) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && WANTED.contains(name)) {
                values.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The word of that name; empty if there is none. */
    String word(String name) {
        return values.getOrDefault(name, "");
    }

    @Nullable
    String promptId() {
        return values.get("prompt_id");
    }

    /** The ids of these names that the event has. */
    List<String> ids(String... names) {
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            String id = word(name);
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }
}
