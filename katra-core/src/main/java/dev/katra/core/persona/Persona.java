package dev.katra.core.persona;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores a durable name: the owner of an inbox and the author of memories.
 *
 * @param id 0 until stored
 * @param name as first written
 * @param human true for a person at the shell
 */
@Table("persona")
public record Persona(@Id long id, String name, boolean human, Instant createdAt) {}
