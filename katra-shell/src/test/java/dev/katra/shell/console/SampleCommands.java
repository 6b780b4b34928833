package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/** Commands for tests. They note what they were called with. */
class SampleCommands {

    /** What the commands were called with, in order. */
    final List<Object> calls = new ArrayList<>();

    private RuntimeException thrown = new IllegalStateException("secret detail");

    /** Their registry. */
    CommandRegistry registry() {
        Set<org.springframework.shell.core.command.Command> commands = new HashSet<>();
        for (Method method : SampleCommands.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Command.class)) {
                commands.add(new CallerCommand(method, () -> this));
            }
        }
        return new CommandRegistry(commands);
    }

    /** What the command "fail" throws. */
    SampleCommands throwing(RuntimeException what) {
        thrown = what;
        return this;
    }

    /** The values of "launch". */
    record Launch(
            String persona,
            @Nullable String model,
            boolean background,
            List<String> tags,
            @Nullable Integer port,
            List<String> rest) {}

    @Command(name = "launch", group = Groups.SESSIONS, description = "Launch something", help = "It says more here.\n")
    @Example(value = "katra launch --persona Sam", synonyms = "run")
    @Runs(ownerOnly = true, startsAgent = true)
    void launch(
            Caller caller,
            @Option(longName = "persona", required = true, description = "whose") String persona,
            @Option(longName = "model", shortName = 'm', description = "which") @Nullable String model,
            @Option(longName = "background", shortName = 'b', description = "behind") boolean background,
            @Option(longName = "tag", description = "repeated") List<String> tags,
            @Option(longName = "port", defaultValue = "7", description = "where") @Nullable Integer port,
            @PassThroughArguments("other arguments…") List<String> rest) {
        calls.add(new Launch(persona, model, background, tags, port, rest));
    }

    @Command(name = "echo", group = Groups.ROOM, description = "Print words")
    @Runs(readsInput = true)
    void echo(
            Caller caller,
            @Option(longName = "loud", description = "loudly") boolean loud,
            @Arguments List<String> text) {
        calls.add(text);
        caller.print(String.join("|", text) + (loud ? "!" : ""));
    }

    @Command(name = "amend", group = Groups.ROOM, description = "Take a number and words")
    @Runs(readsInput = true)
    void amend(@Argument(index = 0) Long number, @Arguments List<String> text) {
        calls.add(number + ": " + String.join("|", text));
    }

    @Command(name = "one", group = Groups.ROOM, description = "Take one number")
    @Runs(at = Runs.Where.CALLER)
    Outcome one(@Argument(index = 0) Long number) {
        calls.add(number);
        return new Outcome.Exit(42);
    }

    @Command(
            name = {"engine", "status"},
            group = Groups.KATRA,
            description = "Say how it is")
    @Runs(at = Runs.Where.CALLER)
    void status(@Option(longName = "json", description = "as JSON") boolean json) {
        calls.add("status " + json);
    }

    @Command(
            name = {"engine", "stop"},
            group = Groups.KATRA,
            description = "Stop it")
    @Example(value = "katra engine stop", synonyms = "halt")
    @Runs(at = Runs.Where.CALLER)
    void stop() {
        calls.add("stop");
    }

    @Command(name = "within", group = Groups.KATRA, description = "Run a command elsewhere")
    @Runs(at = Runs.Where.CALLER)
    void within(
            @Option(longName = "loud", description = "loudly") boolean loud,
            @PassThroughArguments(value = "COMMAND…", bare = true) List<String> command) {
        calls.add(command + (loud ? "!" : ""));
    }

    @Command(name = "fail", group = Groups.KATRA, description = "Fail")
    @Example(value = "katra fail", synonyms = "halt")
    @Runs(at = Runs.Where.CALLER)
    void fail() {
        throw thrown;
    }

    @Command(name = "checked", group = Groups.KATRA, description = "Fail with a checked exception")
    @Runs(at = Runs.Where.CALLER)
    void checked() throws java.io.IOException {
        throw new java.io.IOException(Failure.notFound("no such thing"));
    }

    @Command(name = "exec", group = Groups.KATRA, description = "Become another program")
    @Runs(at = Runs.Where.CALLER)
    Outcome exec() {
        return new Outcome.Exec(List.of("true", "a b"));
    }

    @Command(name = "secret", group = Groups.KATRA, description = "Is not shown", hidden = true)
    @Runs(at = Runs.Where.CALLER)
    void secret() {
        calls.add("secret");
    }
}
