package dev.katra.core.room;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Holds of a stored message what tells who may see it.
 *
 * @param id the short number that people and models see
 * @param toRoom false if it went to named personas only
 */
@Table("message")
record Message(@Id long id, long personaId, boolean toRoom, Instant createdAt) {}
