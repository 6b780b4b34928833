package dev.katra.gateway.http;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A WholeAnswer holds an endpoint's complete answer, decompressed. */
record WholeAnswer(
        int status,
        HttpHeaders headers,
        BufferedBody body,
        @Nullable Throwable reason) {

    /** Returns a subscriber that receives such an answer. */
    static HttpResponse.BodySubscriber<WholeAnswer> receive(HttpResponse.ResponseInfo info) {
        BufferedBody body = new BufferedBody();
        return HttpResponse.BodySubscribers.mapping(
                new BodyReader(BodyDecompressor.of(encoding(info.headers()), body)),
                end -> new WholeAnswer(info.statusCode(), info.headers(), body, end.reason()));
    }

    /** Returns the text; empty if its encoding cannot be read. */
    String text() {
        return BodyDecompressor.supports(encoding(headers)) ? body.text() : "";
    }

    /**
     * Returns the answer as JSON.
     *
     * @throws IllegalStateException if it is not an answer; the message says why
     */
    JsonNode json() {
        if (reason != null) {
            throw new IllegalStateException("its answer broke off", reason);
        }
        if (status / 100 != 2) {
            throw new IllegalStateException("it answered with status " + status);
        }
        JsonNode json = BodyDecompressor.supports(encoding(headers)) ? body.json() : null;
        if (json == null) {
            throw new IllegalStateException("it answered with something that is not JSON");
        }
        return json;
    }

    private static String encoding(HttpHeaders headers) {
        return headers.firstValue("content-encoding").orElse("");
    }
}
