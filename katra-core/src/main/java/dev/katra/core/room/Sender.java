package dev.katra.core.room;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Names who said a message.
 *
 * @param name the name of the persona
 * @param human true if a person said it
 */
public record Sender(@JsonProperty("from") String name, boolean human) {}
