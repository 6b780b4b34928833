package dev.katra.core.session;

import java.time.Instant;

/** Stores the claims of sessions. */
public interface SessionClaims {

    /** Stores a session in the state starting, and returns its id. Must be called inside a write. */
    long add(SessionClaim claim, long personaId, String tokenHash, Instant at);
}
