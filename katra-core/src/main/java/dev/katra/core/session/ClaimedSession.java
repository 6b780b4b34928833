package dev.katra.core.session;

import dev.katra.core.persona.Persona;

/**
 * A session that now belongs to the launcher that claimed it.
 *
 * @param token what the session proves itself with; known here and in the session's environment only
 */
public record ClaimedSession(Session session, Persona persona, String token) {

    @Override
    public String toString() {
        return "ClaimedSession[" + session.uid() + ", " + persona.name() + "]";
    }
}
