package dev.katra.core.usage;

/** What is summed up. */
record UsageKey(long sessionId, String model) {}
