package dev.katra.core.session;

import dev.katra.core.persona.Persona;

/** Holds the last session of a persona that has no live one. */
public record PastSession(Session session, Persona persona) {}
