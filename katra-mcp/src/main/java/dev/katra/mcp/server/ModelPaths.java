package dev.katra.mcp.server;

import jakarta.servlet.http.HttpServletRequest;

/** The paths that stand for a model's own endpoint, and therefore answer errors in the Messages API's form. */
final class ModelPaths {

    private ModelPaths() {}

    static boolean contains(String path) {
        return path.startsWith("/demo/");
    }

    /** The client's first request, which carries no credentials at all. */
    static boolean isProbe(HttpServletRequest request) {
        return request.getMethod().equals("HEAD") && request.getServletPath().equals("/demo/api/hello");
    }
}
