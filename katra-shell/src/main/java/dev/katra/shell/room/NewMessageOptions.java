package dev.katra.shell.room;

import dev.katra.core.room.NewMessage;
import dev.katra.shell.console.Takes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options that say where a new message goes.
 *
 * @param to the names of the personas; none for the room
 * @param replyTo the number of the message that it answers; null for none
 */
record NewMessageOptions(
        @Takes(Takes.ValueKind.PERSONA) @Option(longName = "to", description = "only to this persona; may be repeated")
        List<String> to,

        @Takes(Takes.ValueKind.MESSAGE_NUMBER)
        @Option(longName = "reply-to", description = "the number of the message that you answer")
        @Nullable
        Long replyTo) {

    /** Returns the message with this text. */
    NewMessage message(String text) {
        return new NewMessage(to, text, replyTo);
    }
}
