package dev.katra.shell.room;

import dev.katra.core.room.RoomService;
import dev.katra.core.room.SayReceipt;
import dev.katra.core.wake.NotWoken;
import dev.katra.core.wake.WakePrediction;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra say} sends a message of a person, or of a session's shell. */
@Component
class SayCommand {

    private final RoomService room;
    private final ActorResolver actors;
    private final WakePrediction reach;
    private final MaskedNote maskedNote;

    SayCommand(RoomService room, ActorResolver actors, WakePrediction reach, MaskedNote maskedNote) {
        this.room = room;
        this.actors = actors;
        this.reach = reach;
        this.maskedNote = maskedNote;
    }

    /** A Row is what was stored, for {@code --json}, with those whom the message does not wake, by the reason. */
    record Row(long number, Instant at, boolean toRoom, List<String> recipients, Map<String, List<String>> notWoken) {

        static Row of(SayReceipt said, NotWoken unwoken) {
            Map<String, List<String>> notWoken = new LinkedHashMap<>();
            unwoken.personas().forEach((reason, names) -> notWoken.put(reason.externalName(), names));
            return new Row(said.number(), said.at(), said.toRoom(), said.recipients(), notWoken);
        }
    }

    @Example(
            value = "katra say --to Sam \"are you there?\"",
            synonyms = {"send", "tell", "msg", "message", "talk", "write", "ask"})
    @Command(name = "say", group = Groups.ROOM, description = "Say something to the room, or to named personas only")
    @Runs(readsInput = true)
    void say(
            Caller caller,
            NewMessageOptions options,
            @OptionText("the name you speak under") ActingAs as,
            @OptionText("what was stored as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.TEXT) @Arguments List<String> text) {
        String message = CommandText.of(caller, text, "the message");
        SayReceipt said = room.say(actors.resolve(caller, as.name()), options.message(message), null);
        maskedNote.print(caller, List.of(message));
        NotWoken unwoken = reach.notWoken(said);
        if (format.json()) {
            caller.print(Json.of(Row.of(said, unwoken)));
        } else if (caller.terminal().output()) {
            caller.note("said as message " + said.number() + " to " + recipients(said)
                    + (unwoken.isEmpty() ? "" : "; not woken: " + unwoken.summary()));
        }
    }

    private static String recipients(SayReceipt said) {
        return said.recipients().isEmpty() ? "nobody yet" : String.join(", ", said.recipients());
    }
}
