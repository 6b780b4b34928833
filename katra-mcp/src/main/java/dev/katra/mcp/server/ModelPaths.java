package dev.katra.mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Pattern;

/** The paths that stand for a model's own endpoint, and therefore answer errors in the Messages API's form. */
final class ModelPaths {

    private static final Pattern PROBE = Pattern.compile("/(?:demo|gateway/[^/]+)/api/hello");

    private ModelPaths() {}

    static boolean contains(HttpServletRequest request) {
        return contains(path(request));
    }

    static boolean contains(String path) {
        return path.startsWith("/demo/") || path.startsWith("/gateway/");
    }

    /** The client's first request, which carries no credentials at all. */
    static boolean isProbe(HttpServletRequest request) {
        String path = path(request);
        return request.getMethod().equals("HEAD") && PROBE.matcher(path).matches();
    }

    /** As the server has resolved it; what the client wrote may lead elsewhere. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }
}
