package dev.katra.core.usage;

/**
 * Holds the usage of all requests that have something in common.
 *
 * @param name what they have in common: the name of a persona, a provider, a model, a folder or a purpose, the uid of a
 *     session, or a day as in 2026-11-28
 * @param sessions the number of sessions whose requests they are
 */
public record UsageGroup(String name, long sessions, Usage usage) {

    /** Returns the sum of both groups, under the name of this one. */
    public UsageGroup plus(UsageGroup more) {
        return new UsageGroup(name, sessions + more.sessions, usage.plus(more.usage));
    }
}
