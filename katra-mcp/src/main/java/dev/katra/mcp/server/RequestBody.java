package dev.katra.mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request's body, read whole and within bounds. */
public final class RequestBody {

    private final byte[] bytes;

    private RequestBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads it.
     *
     * @throws ResponseStatusException 413 if it is larger than {@code largest} bytes
     */
    public static RequestBody read(HttpServletRequest request, int largest) throws IOException {
        if (request.getContentLengthLong() > largest) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        byte[] bytes = request.getInputStream().readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        return new RequestBody(bytes);
    }

    /**
     * The body as JSON.
     *
     * @throws ResponseStatusException 400 if it is none
     */
    public JsonNode json(JsonMapper json) {
        try {
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, null, e);
        }
    }

    /** A rough count of its tokens: four bytes each. */
    public int tokens() {
        return Math.max(1, bytes.length / 4);
    }
}
