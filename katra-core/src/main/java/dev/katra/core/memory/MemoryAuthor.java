package dev.katra.core.memory;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Names who wrote a memory.
 *
 * @param name the name of the persona
 * @param human true if the author is a person
 */
public record MemoryAuthor(@JsonProperty("author") String name, boolean human) {}
