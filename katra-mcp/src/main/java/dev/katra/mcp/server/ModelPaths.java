package dev.katra.mcp.server;

/** The paths that stand for a model's own endpoint, and therefore answer errors in the Messages API's form. */
final class ModelPaths {

    private ModelPaths() {}

    static boolean contains(String path) {
        return path.startsWith("/demo/");
    }
}
