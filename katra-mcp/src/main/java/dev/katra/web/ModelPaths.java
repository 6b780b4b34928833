package dev.katra.web;

import dev.katra.core.contract.SessionContract;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Recognises the paths that stand for a model's own endpoint, and therefore answer errors in the Messages API's form.
 */
final class ModelPaths {

    private static final Pattern PROBE = Pattern.compile("/(?:demo|gateway/[^/]+)/api/hello");

    private ModelPaths() {}

    static boolean contains(HttpServletRequest request) {
        return contains(path(request));
    }

    static boolean contains(String path) {
        return path.startsWith(SessionContract.DEMO_PATH) || path.startsWith(SessionContract.GATEWAY_PATH);
    }

    /** Returns whether a request is the client's first one, which carries no credentials at all. */
    static boolean isProbe(HttpServletRequest request) {
        String path = path(request);
        return request.getMethod().equals("HEAD") && PROBE.matcher(path).matches();
    }

    /** Returns the path as the server has resolved it; the one that the client wrote may lead elsewhere. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }
}
