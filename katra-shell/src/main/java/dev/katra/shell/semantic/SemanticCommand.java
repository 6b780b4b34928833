package dev.katra.shell.semantic;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import java.util.Locale;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The commands {@code katra memory semantic …} switch semantic recall on and off, and say how far it is. */
@Component
class SemanticCommand {

    private final SemanticSwitch semantic;

    SemanticCommand(SemanticSwitch semantic) {
        this.semantic = semantic;
    }

    @Example(
            value = "katra memory semantic on",
            synonyms = {"semantic"})
    @Command(
            name = {"memory", "semantic", "on"},
            group = Groups.MEMORY,
            description = "Find memories by meaning too, in English (fetches a model of 66 MB)")
    @Runs(wholeEnvironment = true, ownerOnly = true)
    void on(Caller caller) {
        print(caller, semantic.on(caller));
    }

    @Example("katra memory semantic off")
    @Command(
            name = {"memory", "semantic", "off"},
            group = Groups.MEMORY,
            description = "Find memories by words alone, and give the memory back")
    @Runs(ownerOnly = true)
    void off(
            Caller caller,
            @Option(longName = "delete", description = "remove the model and what it made from the disk")
                    boolean delete) {
        semantic.off(delete);
        print(caller, semantic.status());
    }

    @Example("katra memory semantic status")
    @Command(
            name = {"memory", "semantic", "status"},
            group = Groups.MEMORY,
            description = "Say whether memories are found by meaning, and how far that is")
    void status(Caller caller, @OptionText("an object") OutputFormat format) {
        SemanticSwitch.Status status = semantic.status();
        if (format.json()) {
            caller.print(Json.of(status));
        } else {
            print(caller, status);
        }
    }

    private static void print(Caller caller, SemanticSwitch.Status status) {
        caller.print("semantic recall is " + describe(status));
        caller.print("embedder  " + status.embedder() + ", on this machine, English only");
        caller.print("on disk   "
                + (status.stored().bytes() == 0
                        ? "nothing"
                        : Math.round(status.stored().bytes() / 1e6) + " MB in "
                                + status.stored().folder()));
    }

    private static String describe(SemanticSwitch.Status status) {
        String progress = String.format(
                Locale.ROOT,
                "%,d of %,d memories",
                status.embedded().vectors(),
                status.embedded().memories());
        return switch (status.phase()) {
            case OFF -> "off";
            case FETCHING -> "being fetched; until then recall goes by words";
            case FAILED -> "on, but does not work: " + status.problem() + "; recall goes by words";
            case LOADING -> "on, and its model is being loaded; until then recall goes by words";
            case BUILDING -> "being built, " + progress + "; until then recall goes by words";
            case ON -> "on, " + progress;
        };
    }
}
