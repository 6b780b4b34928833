package dev.katra.core.persona;

import org.jspecify.annotations.Nullable;

/**
 * Who does something: a persona, and the session through which it acts.
 *
 * @param human true for a person at the shell
 * @param sessionId the session of a model; null for a person
 */
public record Actor(
        long personaId,
        String persona,
        boolean human,
        @Nullable Long sessionId) {

    /** A person at the shell. */
    public static Actor human(Persona persona) {
        return new Actor(persona.id(), persona.name(), true, null);
    }
}
