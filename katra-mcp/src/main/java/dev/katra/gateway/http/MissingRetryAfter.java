package dev.katra.gateway.http;

import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.RetryAfter;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Buffers an error response that passes through and asks to wait, but not in the one form that the client reads:
 * seconds in the header {@code retry-after}. Its body is read to the end before anything is passed on.
 */
final class MissingRetryAfter implements BodyReader.Receiver {

    private static final String SECONDS = "\\s*[0-9]*[1-9][0-9]*(\\.[0-9]+)?\\s*|\\s*0\\.[0-9]+\\s*";

    private final int status;
    private final HttpHeaders headers;
    private final BufferedBody collected = new BufferedBody();

    MissingRetryAfter(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
    }

    /** Returns whether an answer with this head may ask to wait in a form that the client does not read. */
    static boolean appliesTo(int status, HttpHeaders headers) {
        boolean waits = status == 429 || status == 503 || status == 529;
        return waits && !headers.firstValue("retry-after").orElse("").matches(SECONDS);
    }

    @Override
    public boolean take(byte[] bytes, int length) {
        return collected.take(bytes, length);
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return collected.bytes();
    }

    /** Returns the seconds that the response asks to wait, wherever it says so, in the form that the client obeys. */
    Optional<String> seconds() {
        Map<String, String> all = new TreeMap<>();
        headers.map().forEach((name, values) -> all.put(name, String.join(", ", values)));
        String encoding = headers.firstValue("content-encoding").orElse("");
        return RetryAfter.header(new ErrorResponse(status, all, BodyDecompressor.text(encoding, collected.bytes())));
    }
}
