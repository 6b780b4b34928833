package dev.katra.shell.prompt;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Takes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Finds the names that the prompt can complete. Asking for them never fails and prints nothing. */
final class CompletionNames {

    private final Dispatcher dispatcher;
    private final Caller caller;

    CompletionNames(Dispatcher dispatcher, Caller caller) {
        this.dispatcher = dispatcher;
        this.caller = caller;
    }

    List<String> providers() {
        try {
            return ProviderLoader.load(caller.home(), caller.environment()).all().stream()
                    .map(Provider::id)
                    .toList();
        } catch (Failure e) {
            return List.of();
        }
    }

    /** Returns the names of the personas of this kind. */
    List<String> personas(Takes.ValueKind kind) {
        StringWriter out = new StringWriter();
        dispatcher.dispatch(caller.with(personasCommand(kind))
                .with(caller.streams().withOutputs(new PrintWriter(out), new PrintWriter(new StringWriter()))));
        return out.toString().lines().toList();
    }

    private static List<String> personasCommand(Takes.ValueKind kind) {
        return switch (kind) {
            case RUNNING_PERSONA -> List.of("personas", "--only", "running");
            case ENDED_PERSONA -> List.of("personas", "--only", "ended");
            case PERSON -> List.of("personas", "--only", "people");
            default -> List.of("personas");
        };
    }
}
