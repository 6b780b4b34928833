package dev.katra.shell.prompt;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Providers;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** The names that the prompt can complete. Asking for them never fails and prints nothing. */
final class Names {

    private final Dispatcher dispatcher;
    private final Caller caller;

    Names(Dispatcher dispatcher, Caller caller) {
        this.dispatcher = dispatcher;
        this.caller = caller;
    }

    List<String> providers() {
        try {
            return Providers.load(caller.home(), caller.environment()).all().stream()
                    .map(Provider::id)
                    .toList();
        } catch (Failure e) {
            return List.of();
        }
    }

    List<String> personas() {
        StringWriter out = new StringWriter();
        dispatcher.dispatch(new Caller(
                List.of("personas"),
                caller.environment(),
                caller.folder(),
                caller.terminal(),
                caller.input(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                caller.gone()));
        return out.toString().lines().toList();
    }
}
