package dev.katra.shell.room;

import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.room.Said;
import dev.katra.core.wake.Reach;
import dev.katra.core.wake.Unwoken;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Reach reach;

    SayCommand(RoomService room, Speakers speakers, Reach reach) {
        this.room = room;
        this.speakers = speakers;
        this.reach = reach;
    }

    /** What was stored, for {@code --json}, with those whom it does not wake by what keeps them from it. */
    record Row(long number, Instant at, boolean toRoom, List<String> recipients, Map<String, List<String>> notWoken) {

        static Row of(Said said, Unwoken unwoken) {
            Map<String, List<String>> notWoken = new LinkedHashMap<>();
            unwoken.personas().forEach((reason, names) -> notWoken.put(reason.words(), names));
            return new Row(said.number(), said.at(), said.toRoom(), said.recipients(), notWoken);
        }
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
        Unwoken unwoken = reach.unwoken(said);
        if (json) {
            caller.print(Json.of(Row.of(said, unwoken)));
        } else if (caller.terminal().output()) {
            caller.note("said as message " + said.number() + " to " + recipients(said)
                    + (unwoken.isEmpty() ? "" : "; not woken: " + unwoken.words()));
        }
    }

    private static String recipients(Said said) {
        return said.recipients().isEmpty() ? "nobody yet" : String.join(", ", said.recipients());
    }
}
