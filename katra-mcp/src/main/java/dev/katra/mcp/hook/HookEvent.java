package dev.katra.mcp.hook;

import dev.katra.web.BodyBudget;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the few fields of a hook's event that matter. A body may hold a tool's whole answer, so nothing else of it is
 * kept.
 */
final class HookEvent {

    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;
    private static final Set<String> FIELDS = Set.of(
            "hook_event_name",
            "session_id",
            "transcript_path",
            "cwd",
            "prompt_id",
            "tool_use_id",
            "tool_name",
            "prompt",
            "source",
            "agent_id",
            "permission_mode",
            "notification_type",
            "message",
            "error",
            "last_assistant_message",
            "custom_instructions",
            "compact_summary");

    private final Map<String, String> values;

    private HookEvent(Map<String, String> values) {
        this.values = values;
    }

    /** Reads the body to its end. A body that is not JSON results in an event without fields. */
    static HookEvent read(HttpServletRequest request, BodyBudget bodies, JsonMapper json) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (InputStream body = bodies.stream(request, MAX_BODY_BYTES)) {
            try (JsonParser parser =
                    json.reader().without(StreamReadFeature.AUTO_CLOSE_SOURCE).createParser(body)) {
                readFields(parser, values);
            } catch (JacksonException e) {
                // the event has no fields then
            }
            body.transferTo(OutputStream.nullOutputStream());
        }
        return new HookEvent(values);
    }

    private static void readFields(JsonParser parser, Map<String, String> values) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && FIELDS.contains(name)) {
                values.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Returns the text of the field of that name; empty if there is none. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** Returns whether the event is one of a sub-agent, which has the identity of its session. */
    boolean isOfSubAgent() {
        return !text("agent_id").isEmpty();
    }

    @Nullable
    String promptId() {
        return values.get("prompt_id");
    }

    /** Returns the ids in the fields of these names that the event has. */
    List<String> ids(String... names) {
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            String id = text(name);
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }
}
