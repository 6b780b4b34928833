package dev.katra.core.room;

import java.time.Instant;

/**
 * Holds of a stored message what tells who may see it.
 *
 * @param id the short number that people and models see
 * @param toRoom false if it went to named personas only
 */
public record Message(long id, long personaId, boolean toRoom, Instant createdAt) {}
