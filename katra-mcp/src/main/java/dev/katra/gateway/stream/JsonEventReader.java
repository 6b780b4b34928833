package dev.katra.gateway.stream;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON objects of a stream and its end mark. It ignores data that is not JSON. */
public final class JsonEventReader {

    private static final String DONE = "[DONE]";

    private final ServerSentEventReader lines;
    private final Consumer<JsonNode> objects;
    private final Runnable done;

    /** Creates a reader that passes on the objects, and runs this at the end mark. */
    public JsonEventReader(Consumer<JsonNode> objects, Runnable done) {
        this.lines = new ServerSentEventReader(this::event);
        this.objects = objects;
        this.done = done;
    }

    /** Takes the next bytes of the stream. */
    public void push(byte[] bytes, int offset, int length) {
        lines.push(bytes, offset, length);
    }

    /** Ends the stream. */
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
