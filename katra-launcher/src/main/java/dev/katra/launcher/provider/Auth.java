package dev.katra.launcher.provider;

import dev.katra.core.text.ExternallyNamed;

/** Tells how a session authenticates itself to a provider. */
public enum Auth implements ExternallyNamed {
    /** The key travels in the {@code x-api-key} header. */
    X_API_KEY,
    /** The key travels as a bearer token. */
    BEARER,
    /** The key travels in the {@code api-key} header, which only the gateway can send. */
    API_KEY,
    /** The provider needs no key; a placeholder keeps Claude Code from asking for a login. */
    NONE,
    /** The entry itself holds a worthless credential, and no key is read from the environment. */
    LITERAL;

    /** Returns whether a key is read from the environment. */
    public boolean needsKey() {
        return this == X_API_KEY || this == BEARER || this == API_KEY;
    }
}
