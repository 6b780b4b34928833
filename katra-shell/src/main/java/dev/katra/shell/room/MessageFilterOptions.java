package dev.katra.shell.room;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.HistoryQuery;
import dev.katra.shell.console.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options that say which past messages are shown; null for those that are not given.
 *
 * @param limit 1 to 1000
 * @param before only messages with a smaller number
 * @param with only messages from or to this persona
 * @param thread only this message, what it answers, and all answers to any of these
 */
record MessageFilterOptions(
        @Takes(Takes.ValueKind.COUNT)
        @Option(longName = "limit", defaultValue = "20", description = "how many (default 20, at most 1000)")
        Integer limit,

        @Takes(Takes.ValueKind.MESSAGE_NUMBER)
        @Option(longName = "before", description = "only messages before this number")
        @Nullable
        Long before,

        @Takes(Takes.ValueKind.PERSONA)
        @Option(longName = "with", description = "only messages from or to this persona")
        @Nullable
        String with,

        @Takes(Takes.ValueKind.MESSAGE_NUMBER)
        @Option(
                longName = "thread",
                description = "only this message, what it answers, and all answers to any of these")
        @Nullable
        Long thread) {

    /** Returns the query for the messages that this viewer may see; null is the owner of the home, who sees all. */
    HistoryQuery query(@Nullable Actor viewer) {
        return new HistoryQuery(viewer, with, thread, before, limit);
    }
}
