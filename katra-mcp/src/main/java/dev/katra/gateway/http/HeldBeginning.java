package dev.katra.gateway.http;

import dev.katra.gateway.stream.JsonEventReader;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds the beginning of an answer in the client's own format back until it is known whether an answer comes at all: an
 * endpoint that is overloaded may say so in a stream that it has begun. It holds no more than the first event.
 */
final class HeldBeginning {

    private static final int MAX_BYTES = 64 * 1024;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final JsonEventReader events = new JsonEventReader(this::event, () -> {});
    private boolean started;
    private boolean answers;
    private @Nullable JsonNode error;
    private boolean page;

    /**
     * Takes the next bytes.
     *
     * @param readable false if the bytes are compressed, so that they can only be taken for an answer
     */
    void take(byte[] bytes, int length, boolean readable) {
        boolean first = held.size() == 0 || BufferedBody.blank(held.toByteArray(), held.size());
        held.write(bytes, 0, length);
        if (!readable || held.size() > MAX_BYTES) {
            answers = true;
            return;
        }
        if (first && !BufferedBody.blank(bytes, length)) {
            answers = BufferedBody.json(bytes, length);
            page = startsWith(bytes, length, '<');
        }
        if (!answers && !page) {
            events.push(bytes, 0, length);
        }
    }

    private void event(JsonNode event) {
        String type = event.path("type").asString("");
        if (answers || error != null) {
            return;
        }
        if (type.equals("error")) {
            error = event.path("error");
        } else if (type.equals("message_start") && !started) {
            started = true;
        } else {
            answers = started || !type.equals("ping");
        }
    }

    private static boolean startsWith(byte[] bytes, int length, char character) {
        for (int i = 0; i < length; i++) {
            if (!Character.isWhitespace(bytes[i])) {
                return bytes[i] == character;
            }
        }
        return false;
    }

    /** Returns whether an answer has begun. */
    boolean isAnswer() {
        return answers;
    }

    /** Returns whether a web page has begun. */
    boolean isPage() {
        return page;
    }

    /** Returns the error with which the stream begins; null if it has not begun with one. */
    @Nullable
    JsonNode error() {
        return error;
    }

    /** Returns what is held back. */
    byte[] bytes() {
        return held.toByteArray();
    }
}
