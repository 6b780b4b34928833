package dev.katra.core.usage;

/** Identifies the requests whose usage is summed up together. */
record UsageKey(long sessionId, String model, Purpose purpose) {}
