package dev.katra.core.persona;

import java.time.Instant;

/**
 * Holds a durable name: the owner of an inbox and the author of memories.
 *
 * @param name as first written
 * @param human true for a person at the shell
 */
public record Persona(long id, String name, boolean human, Instant createdAt) {}
