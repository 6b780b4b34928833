package dev.katra.shell.room;

import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.room.Said;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra say}: a person, or a session's shell, speaks. */
@Component
class SayCommand {

    private final RoomService room;
    private final Speakers speakers;

    SayCommand(RoomService room, Speakers speakers) {
        this.room = room;
        this.speakers = speakers;
    }

    @Command(name = "say", group = Groups.ROOM, description = "Say something to the room, or to named personas only")
    @Runs(readsInput = true)
    void say(
            Caller caller,
            @Option(longName = "to", description = "only to this persona; may be repeated") List<String> to,
            @Option(longName = "reply-to", description = "the number of the message that you answer") @Nullable
                    Long replyTo,
            @Option(longName = "as", description = "the name you speak under (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print what was stored as JSON") boolean json,
            @Arguments List<String> text) {
        Said said = room.say(
                speakers.of(caller, as), new NewMessage(to, Texts.of(caller, text, "the message"), replyTo), null);
        if (json) {
            caller.print(Json.of(said));
        } else if (caller.terminal().output()) {
            caller.note("said as message " + said.number() + " to " + recipients(said));
        }
    }

    private static String recipients(Said said) {
        return said.recipients().isEmpty() ? "nobody yet" : String.join(", ", said.recipients());
    }
}
