package dev.katra.gateway.http;

import dev.katra.core.contract.SessionContract;
import dev.katra.gateway.thinking.ForeignThinking;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.web.BodyBudget;
import dev.katra.web.RefusedBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A ClientRequest holds a request as the client sent it, without what concerns only its connection or this gateway. */
final class ClientRequest {

    /**
     * The headers that are not forwarded: those of one connection, those that the HTTP client or the server sets anew,
     * and Katra's own.
     */
    static final Set<String> NOT_FORWARDED = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            SessionContract.TOKEN_HEADER.toLowerCase(Locale.ROOT));

    private final String method;
    private final String path;
    private final String pathAndQuery;
    private final HttpHeaders headers;
    private final byte[] body;

    /**
     * Reads the request.
     *
     * @throws RefusedBody if the body must be rewritten and there is no memory for that
     */
    ClientRequest(HttpServletRequest request, String path, byte[] body, BodyBudget.BodyReservation held) {
        this(
                request.getMethod(),
                path,
                pathAndQuery(request.getQueryString(), path),
                ClientHeaders.of(request),
                withoutForeignThinking(body, held));
    }

    /**
     * Creates a request from its parts.
     *
     * @param pathAndQuery the path, encoded, and the query
     */
    ClientRequest(String method, String path, String pathAndQuery, ClientHeaders headers, byte[] body) {
        Map<String, List<String>> forwarded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.all().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)) && !ClientHeaders.isFallbackKey(name)) {
                forwarded.put(name, values);
            }
        });
        this.method = method;
        this.path = path;
        this.pathAndQuery = pathAndQuery;
        this.headers = HttpHeaders.of(forwarded, (name, value) -> true);
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** Returns the path, encoded, and the query as it was. */
    String pathAndQuery() {
        return pathAndQuery;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Returns whether the body holds messages, as its path says. */
    boolean isMessages() {
        return path.startsWith("/v1/messages");
    }

    /** Returns whether the body contains this ASCII text. It does not parse the body. */
    boolean bodyContains(String text) {
        return new String(body, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** Parses the body as JSON, on each call anew; returns null if it is not an object. */
    @Nullable
    ObjectNode json() {
        try {
            return JsonMapper.shared().readTree(body) instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Returns the path, encoded, and the query as it was. */
    static String pathAndQuery(@Nullable String queryString, String path) {
        String query = queryString == null ? "" : "?" + queryString;
        try {
            return new URI(null, null, path, null).toASCIIString() + query;
        } catch (URISyntaxException e) {
            return path + query; // sending it fails and reports that
        }
    }

    private static byte[] withoutForeignThinking(byte[] body, BodyBudget.BodyReservation held) {
        if (!ThinkingSignature.mayBeContainedIn(new String(body, StandardCharsets.ISO_8859_1))) {
            return body;
        }
        long tree = held.reserveForTree(body);
        try {
            return ForeignThinking.removed(JsonMapper.shared().readTree(body))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            return body;
        } finally {
            held.parsed();
            held.release(tree);
        }
    }
}
