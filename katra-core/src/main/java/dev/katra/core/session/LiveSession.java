package dev.katra.core.session;

import dev.katra.core.persona.Persona;

/** Holds a session that has not ended, with its persona. */
public record LiveSession(Session session, Persona persona) {}
