package dev.katra.shell.session;

import dev.katra.shell.console.OptionOrder;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options of {@code katra resume}. They say what shall be otherwise than last time, and what to go on with.
 *
 * @param all true for all sessions that ended together without being stopped
 * @param conversation the beginning of a conversation's id; null for the last conversation
 */
@OptionOrder("all cwd provider model route fallback background wake prompt conversation replace trace yes")
record ResumeOptions(
        @Option(longName = "all", description = "all that ended together without being stopped, as in a restart")
        boolean all,

        @Takes(Takes.ValueKind.CONVERSATION)
        @Option(
                longName = "conversation",
                description = "an earlier conversation of the persona, by the beginning of its id")
        @Nullable
        String conversation,

        @OptionText(option = "cwd", value = "another folder than last time")
        @OptionText(option = "provider", value = "another provider than last time")
        @OptionText(option = "model", value = "another model than last time")
        @OptionText(option = "route", value = "another route than last time")
        @OptionText(option = "fallback", value = "other providers than last time that answer when it does not, or none")
        @OptionText(option = "background", value = "run in a tmux session, wherever it ran last")
        @OptionText(option = "wake", value = "which mail wakes it when idle, if not as last time: direct, all or never")
        @OptionText(option = "prompt", value = "what to go on with")
        @OptionText(option = "replace", value = "end the persona's running session first")
        LaunchOptions launch) {}
