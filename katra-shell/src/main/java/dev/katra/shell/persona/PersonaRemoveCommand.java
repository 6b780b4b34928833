package dev.katra.shell.persona;

import dev.katra.core.failure.Failure;
import dev.katra.shell.client.ServerCommandRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra persona remove} says what it touches and asks, in the caller's own process. */
@Component
class PersonaRemoveCommand {

    private final ServerStarter starter;
    private final Dispatcher.AgentGate gate;
    private final ObjectProvider<CommandRegistry> registry;

    PersonaRemoveCommand(ServerStarter starter, Dispatcher.AgentGate gate, ObjectProvider<CommandRegistry> registry) {
        this.starter = starter;
        this.gate = gate;
        this.registry = registry;
    }

    @Example("katra persona remove Sam")
    @Command(
            name = {"persona", "remove"},
            group = Groups.ROOM,
            description = "Take a persona out of the room; what it has written for all stays, under its name",
            help = """
                    It says what goes, and asks. Whoever starts a session under that name later is its author again.
                    """)
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    Outcome remove(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA) @Argument(index = 0) String name,
            @Option(longName = "yes", shortName = 'y', description = "do not ask") boolean yes) {
        Dispatcher dispatcher = new Dispatcher(registry.getObject(), new ServerCommandRunner(starter), gate);
        return remove(caller, name, yes, dispatcher::dispatch);
    }

    /** Removes a persona; the given function runs the commands of the server. */
    static Outcome remove(Caller caller, String name, boolean yes, Function<Caller, Outcome> commands) {
        Outcome said = commands.apply(caller.with(List.of("persona", "touched", name)));
        if (!said.equals(Outcome.OK)) {
            return said;
        }
        if (!yes && !agrees(caller)) {
            throw Failure.of(Failure.Code.CANCELLED, "nothing is removed").hint("add --yes where nobody can be asked");
        }
        return commands.apply(caller.with(List.of("persona", "removed", name)));
    }

    private static boolean agrees(Caller caller) {
        if (!caller.terminal().input() || !caller.terminal().error()) {
            return false;
        }
        caller.ask("Remove it? [y/N]");
        try {
            String answer = caller.input().readLine().strip().toLowerCase(Locale.ROOT);
            return answer.equals("y") || answer.equals("yes");
        } catch (IOException e) {
            throw Failure.unavailable("cannot read the answer")
                    .hint("add --yes where nobody can be asked")
                    .cause(e);
        }
    }
}
