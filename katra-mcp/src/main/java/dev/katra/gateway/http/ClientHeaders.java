package dev.katra.gateway.http;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.upstream.KeyHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ClientHeaders holds the headers of a client's request, also after the container has forgotten the request. */
final class ClientHeaders {

    private static final String AUTHORIZATION = "Authorization";
    private static final String API_KEY = "x-api-key";
    private static final int SHORTEST_SECRET = 8;

    private final Map<String, List<String>> byName;
    private final List<String> secrets;

    private ClientHeaders(Map<String, List<String>> byName, List<String> secrets) {
        this.byName = byName;
        this.secrets = secrets;
    }

    static ClientHeaders of(HttpServletRequest request) {
        Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> secrets = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            List<String> values = Collections.list(request.getHeaders(name));
            found.put(name, values);
            if (isFallbackKey(name)) {
                secrets.addAll(values);
            }
        }
        ClientHeaders headers = new ClientHeaders(found, List.of());
        String authorization = headers.value(AUTHORIZATION);
        return new ClientHeaders(
                found,
                Stream.concat(
                                secrets.stream().map(String::strip),
                                Stream.of(
                                        authorization
                                                .substring(authorization.indexOf(' ') + 1)
                                                .strip(),
                                        headers.value(API_KEY)))
                        .filter(secret -> secret.length() >= SHORTEST_SECRET)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /** Returns whether this header has the key of a fallback, which concerns nobody but the gateway. */
    static boolean isFallbackKey(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(SessionContract.FALLBACK_KEY_HEADER.toLowerCase(Locale.ROOT));
    }

    /** Returns the value of a header; null if it was not sent. */
    @Nullable
    String find(String name) {
        List<String> values = byName.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** Returns the value of a header without blanks around it; empty if it was not sent. */
    String value(String name) {
        String value = find(name);
        return value == null ? "" : value.strip();
    }

    /** Returns all headers by their names, in any case. */
    Map<String, List<String>> all() {
        return Collections.unmodifiableMap(byName);
    }

    /** Returns the keys in all of the headers, the longest first. */
    List<String> secrets() {
        return secrets;
    }

    /**
     * Returns the headers as a session on this provider sends them: with the key of the fallback in place of the
     * session's own.
     */
    ClientHeaders forFallback(String provider, KeyHeader header) {
        Map<String, List<String>> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.forEach((name, values) -> {
            if (!isFallbackKey(name) && !name.equalsIgnoreCase(AUTHORIZATION) && !name.equalsIgnoreCase(API_KEY)) {
                others.put(name, values);
            }
        });
        String key = value(SessionContract.FALLBACK_KEY_HEADER + provider);
        if (!key.isEmpty()) {
            boolean own = header == KeyHeader.X_API_KEY;
            others.put(own ? API_KEY : AUTHORIZATION, List.of(own ? key : "Bearer " + key));
        }
        return new ClientHeaders(others, secrets);
    }
}
