package dev.katra.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Buffers the whole body of an endpoint's answer, up to a size that no answer has. */
final class BufferedBody implements BodyReader.Receiver {

    /** The maximum size of an answer, or of the part of one that is buffered, in bytes. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public boolean take(byte[] more, int length) {
        if (bytes.size() + length > MAX_BYTES) {
            throw new IllegalStateException("an answer is larger than " + MAX_BYTES + " bytes");
        }
        bytes.write(more, 0, length);
        return true;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    boolean blank() {
        return text().isBlank();
    }

    boolean html() {
        String start = text().stripLeading();
        start = start.substring(0, Math.min(start.length(), 16)).toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype") || start.startsWith("<html");
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Returns whether a piece is blank, so that it does not show what kind of answer it begins. */
    static boolean blank(byte[] piece, int length) {
        return first(piece, length) == 0;
    }

    /** Returns whether a piece begins a JSON body and not a stream of events. */
    static boolean json(byte[] piece, int length) {
        int first = first(piece, length);
        return first == '{' || first == '[';
    }

    private static int first(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            if (piece[i] > ' ') { // a byte order mark is less
                return piece[i];
            }
        }
        return 0;
    }

    /** Returns the body as JSON, or its first element if it is a list; null if the body is not JSON. */
    @Nullable
    JsonNode json() {
        try {
            JsonNode json = JsonMapper.shared().readTree(bytes.toByteArray());
            return json.isArray() && !json.isEmpty() ? json.path(0) : json;
        } catch (JacksonException e) {
            return null;
        }
    }
}
