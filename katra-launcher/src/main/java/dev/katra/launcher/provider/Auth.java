package dev.katra.launcher.provider;

/** How a session shows a provider who pays. */
public enum Auth {
    /** The key travels in the {@code x-api-key} header. */
    X_API_KEY,
    /** The key travels as a bearer token. */
    BEARER,
    /** The key travels in the {@code api-key} header, which only the gateway can send. */
    API_KEY,
    /** No key is needed; a placeholder keeps Claude Code from asking for a login. */
    NONE,
    /** A worthless credential stands in the entry itself, and none is read from the environment. */
    LITERAL;

    /** Whether a key is read from the environment. */
    public boolean needsKey() {
        return this == X_API_KEY || this == BEARER || this == API_KEY;
    }

    /** The word used in {@code providers.conf} and in output. */
    public String word() {
        return Words.of(this);
    }
}
