package dev.katra.core.session;

import dev.katra.core.persona.Persona;

/**
 * Holds a new session for the launcher that has claimed it.
 *
 * @param token the token by which the session authenticates; it is known here and in the session's environment only
 */
public record ClaimedSession(Session session, Persona persona, String token) {

    @Override
    public String toString() {
        return "ClaimedSession[" + session.uid() + ", " + persona.name() + "]";
    }
}
