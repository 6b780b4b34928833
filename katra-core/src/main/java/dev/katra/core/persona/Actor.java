package dev.katra.core.persona;

import org.jspecify.annotations.Nullable;

/**
 * Identifies who does something: a persona, and the session through which it acts.
 *
 * @param human true for a person at the shell
 * @param sessionId the session of a model; null for a person
 */
public record Actor(
        long personaId,
        String persona,
        boolean human,
        @Nullable Long sessionId) {

    /** Returns a person at the shell as an actor. */
    public static Actor human(Persona persona) {
        return new Actor(persona.id(), persona.name(), true, null);
    }
}
