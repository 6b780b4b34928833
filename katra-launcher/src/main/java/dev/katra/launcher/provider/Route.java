package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;

/** Tells how a session reaches its provider. */
public enum Route {
    /** Katra chooses: {@link #DIRECT} to Anthropic itself and to what Katra serves, otherwise {@link #GATEWAY}. */
    AUTO,
    /** The Anthropic-format endpoint is the session's base URL. */
    DIRECT,
    /**
     * Katra's server is the session's base URL; it translates requests, or passes them through where they need no
     * translation.
     */
    GATEWAY,
    /** The endpoint exactly as configured is the session's base URL, and the key its {@code ANTHROPIC_API_KEY}. */
    VERBATIM;

    /** Returns the name used in {@code providers.conf}, on the command line and in output. */
    public String externalName() {
        return ExternalNames.of(this);
    }

    /**
     * Returns the route with this name.
     *
     * @throws Failure INVALID if no route has that name
     */
    public static Route parse(String word) {
        return ExternalNames.find(Route.class, word)
                .orElseThrow(() -> Failure.invalid("no route is called \"" + word + "\"")
                        .hint("the routes are " + ExternalNames.list(Route.class)));
    }
}
