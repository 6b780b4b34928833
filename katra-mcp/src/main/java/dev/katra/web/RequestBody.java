package dev.katra.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds a request's body, read whole and within bounds. */
public final class RequestBody {

    private final byte[] bytes;
    private final BodyBudget.BodyReservation held;

    private RequestBody(byte[] bytes, BodyBudget.BodyReservation held) {
        this.bytes = bytes;
        this.held = held;
    }

    /**
     * Reads a body that is to be parsed, and reserves memory for its tree.
     *
     * @throws RefusedBody if it is larger than {@code largest} bytes, too slow, or more than there is room for
     */
    public static RequestBody read(BodyBudget bodies, HttpServletRequest request, int largest) throws IOException {
        return new RequestBody(bodies.json(request, largest), bodies.reservation(request));
    }

    /**
     * Returns the body as JSON.
     *
     * @throws ResponseStatusException 400 if it is none
     */
    public JsonNode json(JsonMapper json) {
        try {
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, null, e);
        } finally {
            held.parsed();
        }
    }

    /** Returns a rough estimate of its tokens: four bytes each. */
    public int tokens() {
        return Math.max(1, bytes.length / 4);
    }
}
