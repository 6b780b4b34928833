package dev.katra.core.usage;

/** What a session has used of one model, under the endpoint's name of it. */
public record ModelUsage(String model, Usage usage) {}
