package dev.katra.launcher.provider;

/** Compares endpoints, and turns them into the base URL that Claude Code wants. */
public final class Endpoints {

    /** The endpoint of Anthropic itself, which Claude Code uses when it is given no base URL. */
    public static final String ANTHROPIC = "https://api.anthropic.com";

    private static final String KATRA = "katra:";

    private Endpoints() {}

    /** Returns whether an endpoint stands for a path on Katra's own server. */
    public static boolean isOnKatra(String endpoint) {
        return endpoint.startsWith(KATRA);
    }

    /** Returns the endpoint that stands for a path on Katra's own server. */
    static String onKatra(String path) {
        return KATRA + path;
    }

    /** Returns the endpoint itself, or for a {@code katra:} one its URL on the server with the given base URL. */
    public static String resolve(String endpoint, String server) {
        return isOnKatra(endpoint) ? withoutSlash(server) + endpoint.substring(KATRA.length()) : endpoint;
    }

    /** Returns the base URL of an Anthropic-format endpoint: Claude Code appends {@code /v1/messages} to it. */
    public static String baseUrl(String endpoint) {
        String base = withoutSlash(endpoint);
        return base.endsWith("/v1") ? withoutSlash(base.substring(0, base.length() - 3)) : base;
    }

    /** Returns whether two endpoints are the same apart from trailing slashes. */
    public static boolean isSame(String one, String other) {
        return withoutSlash(one).equals(withoutSlash(other));
    }

    /** Returns the endpoint without slashes at its end. */
    static String withoutSlash(String endpoint) {
        int end = endpoint.length();
        while (end > 0 && endpoint.charAt(end - 1) == '/') {
            end--;
        }
        return endpoint.substring(0, end);
    }
}
