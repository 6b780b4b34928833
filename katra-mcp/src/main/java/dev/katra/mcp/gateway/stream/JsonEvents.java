package dev.katra.mcp.gateway.stream;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON objects of a stream and its end mark; data that is no JSON is passed over. */
public final class JsonEvents {

    private static final String DONE = "[DONE]";

    private final EventLines lines;
    private final Consumer<JsonNode> objects;
    private final Runnable done;

    /** Reads for these receivers of the objects and of the end mark. */
    public JsonEvents(Consumer<JsonNode> objects, Runnable done) {
        this.lines = new EventLines(this::event);
        this.objects = objects;
        this.done = done;
    }

    /** Takes the next bytes of the stream. */
    public void push(byte[] bytes, int offset, int length) {
        lines.push(bytes, offset, length);
    }

    /** The stream has ended. */
    public void end() {
        lines.end();
    }

    private void event(List<String> data) {
        if (data.size() == 1 || !read(String.join("\n", data))) {
            data.forEach(this::one);
        }
    }

    private void one(String data) {
        if (data.strip().equals(DONE)) {
            done.run();
        } else {
            read(data);
        }
    }

    private boolean read(String data) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            return false;
        }
        if (node.isObject()) {
            objects.accept(node);
        }
        return node.isObject();
    }
}
