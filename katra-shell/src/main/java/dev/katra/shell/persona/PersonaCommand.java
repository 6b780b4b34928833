package dev.katra.shell.persona;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.persona.PersonaService.PersonaSummary;
import dev.katra.core.persona.PersonaService.Standing;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.launcher.agent.Agent;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import dev.katra.shell.console.Takes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The commands {@code katra persona …} list personas, rename them and take them out of the room. What a persona has
 * written for all stays under its name.
 */
@Component
class PersonaCommand {

    private final Agent agent;
    private final PersonaService personas;
    private final MemoryService memories;
    private final TurnService turns;
    private final IndexBuilder rebuild;

    PersonaCommand(
            Agent agent, PersonaService personas, MemoryService memories, TurnService turns, IndexBuilder rebuild) {
        this.agent = agent;
        this.personas = personas;
        this.memories = memories;
        this.turns = turns;
        this.rebuild = rebuild;
    }

    @Example(
            value = "katra persona list",
            synonyms = {"people", "users", "names", "agents"})
    @Command(
            name = {"persona", "list"},
            group = Groups.ROOM,
            description = "List who is in the room, with mail, messages and memories")
    void list(
            Caller caller,
            @Option(longName = "all", description = "also the retired, and those who are authors only") boolean all,
            @OptionText("an array of objects") OutputFormat format) {
        List<PersonaSummary> shown = personas.summaries().stream()
                .filter(each -> all || each.standing() == Standing.HERE)
                .toList();
        if (format.json()) {
            caller.print(Json.of(shown));
            return;
        }
        if (shown.isEmpty()) {
            caller.note("nobody is here");
            return;
        }
        Table table = new Table(
                Column.of("PERSONA").cutTo(10),
                Column.of("KIND"),
                Column.of("STANDING"),
                Column.of("UNREAD"),
                Column.of("SAID"),
                Column.of("MEMORIES"));
        shown.forEach(each -> table.row(
                each.name(),
                each.human() ? "person" : "model",
                each.standing().externalName(),
                Integer.toString(each.unread()),
                Integer.toString(each.said()),
                Integer.toString(each.memories())));
        caller.print(table.fitting(caller));
    }

    @Example("katra persona rename Sam Samuel")
    @Command(
            name = {"persona", "rename"},
            group = Groups.ROOM,
            description = "Give a persona another name, in all that it has said and written too")
    @Runs(ownerOnly = true)
    void rename(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA) @Argument(index = 0) String name,
            @Argument(index = 1) String to) {
        Persona persona = personas.get(name);
        rebuild.rebuildAfter(() -> personas.rename(persona, to), progress -> {});
        Path before = agent.isolatedFolder(caller.home(), persona.name());
        Path after = agent.isolatedFolder(caller.home(), to);
        if (Files.isDirectory(before)) {
            try {
                Files.move(before, after);
            } catch (IOException e) {
                throw Failure.unavailable(persona.name() + " is " + to + ", but its " + agent.shortName()
                                + " configuration is still in " + before + ": " + e.getMessage())
                        .hint("move it: mv " + before + " " + after)
                        .cause(e);
            }
        }
        caller.print(persona.name() + " is " + to);
    }

    @Example("katra persona retire Sam")
    @Command(
            name = {"persona", "retire"},
            group = Groups.ROOM,
            description = "Let a persona get no mail and appear in no hints until it comes back")
    @Runs(ownerOnly = true)
    void retire(Caller caller, @Takes(Takes.ValueKind.PERSONA) @Argument(index = 0) String name) {
        Persona persona = personas.get(name);
        personas.retire(persona);
        caller.print(persona.name() + " is retired");
        caller.note(PersonaService.commandToBringBack(persona) + " brings it back");
    }

    /** Prints what removing a persona touches. {@code katra persona remove} runs this before it asks. */
    @Command(
            name = {"persona", "touched"},
            group = Groups.ROOM,
            description = "Say what removing a persona touches",
            hidden = true)
    @Runs(ownerOnly = true)
    void touched(Caller caller, @Takes(Takes.ValueKind.PERSONA) @Argument(index = 0) String name) {
        Persona persona = personas.get(name);
        PersonaSummary of = personas.summaries().stream()
                .filter(each -> each.name().equals(persona.name()))
                .findFirst()
                .orElseThrow();
        List<String> goes = new ArrayList<>();
        goes.add(count(of.unread(), "unread message"));
        goes.add(count(of.privateMemories(), "private memory"));
        int privateTurns = turns.count(privateTurns(persona));
        if (privateTurns > 0) {
            goes.add(count(privateTurns, "private turn"));
        }
        if (Files.isDirectory(agent.isolatedFolder(caller.home(), persona.name()))) {
            goes.add("the isolated " + agent.shortName() + " configuration with its conversations");
        }
        caller.note("Removing " + persona.name() + " deletes " + String.join(", ", goes) + ".");
        caller.note("What it has said and written for all stays, under its name: " + count(of.said(), "message") + ", "
                + count(of.memories() - of.privateMemories(), "memory") + ".");
    }

    /** Removes a persona. {@code katra persona remove} runs this when it has asked. */
    @Command(
            name = {"persona", "removed"},
            group = Groups.ROOM,
            description = "Remove a persona",
            hidden = true)
    @Runs(ownerOnly = true)
    void removed(Caller caller, @Takes(Takes.ValueKind.PERSONA) @Argument(index = 0) String name) {
        Persona persona = personas.get(name);
        personas.retire(persona); // so it stays if the rest is cut off
        memories.forgetAll(
                new Actor(persona.id(), persona.name(), persona.human(), null), personas.privateMemories(persona));
        turns.forgetAll(privateTurns(persona));
        personas.remove(persona);
        Path configuration = agent.isolatedFolder(caller.home(), persona.name());
        try {
            FileSystemUtils.deleteRecursively(configuration);
        } catch (IOException e) {
            throw Failure.unavailable("cannot delete " + configuration + ": " + e.getMessage())
                    .hint("delete it yourself; the rest of " + persona.name() + " is removed")
                    .cause(e);
        }
        caller.print("removed " + persona.name());
    }

    private static TurnSelection privateTurns(Persona persona) {
        return TurnSelection.ALL.of(persona.id()).ofPrivate();
    }

    private static String count(int number, String what) {
        String several = what.endsWith("y") ? what.substring(0, what.length() - 1) + "ies" : what + "s";
        return number + " " + (number == 1 ? what : several);
    }
}
