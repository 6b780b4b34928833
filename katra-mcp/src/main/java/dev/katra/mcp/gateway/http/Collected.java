package dev.katra.mcp.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole body of an endpoint's answer, up to a size that no answer has. */
final class Collected implements Intake.Receiver {

    private static final int LARGEST = 64 * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public boolean take(byte[] more, int length) {
        if (bytes.size() + length > LARGEST) {
            throw new IllegalStateException("an answer is larger than " + LARGEST + " bytes");
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

    /** The body as JSON; null if it is none. */
    @Nullable
    JsonNode json() {
        try {
            return JsonMapper.shared().readTree(bytes.toByteArray());
        } catch (JacksonException e) {
            return null;
        }
    }
}
