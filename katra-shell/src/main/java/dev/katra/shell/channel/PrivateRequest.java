package dev.katra.shell.channel;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/**
 * A PrivateRequest is one request on the private socket.
 *
 * @param target method and path, such as {@code GET /status}
 * @param headers by their names in lower case
 */
record PrivateRequest(String target, Map<String, String> headers, ByteBuffer body) {

    PrivateRequest {
        headers = Map.copyOf(headers);
    }

    /** Returns a header; empty if it is not there. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
