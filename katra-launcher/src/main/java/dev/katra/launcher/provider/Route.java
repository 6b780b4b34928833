package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;

/** How a session reaches its provider. */
public enum Route {
    /** Direct where the provider has an Anthropic-format endpoint, else through the gateway. */
    AUTO,
    /** The Anthropic-format endpoint is the session's base URL. */
    DIRECT,
    /** Katra's server is the session's base URL: it translates, or passes through what needs no translation. */
    GATEWAY,
    /** The endpoint exactly as configured is the session's base URL, and the key its {@code ANTHROPIC_API_KEY}. */
    VERBATIM;

    /** The word used in {@code providers.conf}, on the command line and in output. */
    public String word() {
        return Words.of(this);
    }

    /**
     * The route a word names.
     *
     * @throws Failure INVALID if no route has that name
     */
    public static Route parse(String word) {
        return Words.find(Route.class, word).orElseThrow(() -> Failure.invalid("no route is called \"" + word + "\"")
                .hint("the routes are " + Words.list(Route.class)));
    }
}
