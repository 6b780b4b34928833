package dev.katra.core.session;

import dev.katra.core.persona.Persona;

/** A session that has not ended, with its persona. */
public record LiveSession(Session session, Persona persona) {}
