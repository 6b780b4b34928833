package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.ExternallyNamed;

/** Tells how a session reaches its provider. */
public enum Route implements ExternallyNamed {
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

    /**
     * Returns the route with this name.
     *
     * @throws Failure INVALID if no route has that name
     */
    public static Route parse(String word) {
        return ExternallyNamed.find(Route.class, word)
                .orElseThrow(() -> Failure.invalid("no route is called \"" + word + "\"")
                        .hint("the routes are " + ExternallyNamed.list(Route.class)));
    }
}
