package dev.katra.shell.memory;

import dev.katra.core.failure.Failure;
import dev.katra.shell.client.ServerCommandRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code katra memory review} goes through memories with a person, in the caller's own process. */
@Component
class MemoryReviewCommand {

    private static final String KEYS = "[k]eep [e]dit [s]upersede [f]orget [n]ext [q]uit:";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ServerStarter starter;
    private final Dispatcher.AgentGate gate;
    private final ObjectProvider<CommandRegistry> registry;

    MemoryReviewCommand(ServerStarter starter, Dispatcher.AgentGate gate, ObjectProvider<CommandRegistry> registry) {
        this.starter = starter;
        this.gate = gate;
        this.registry = registry;
    }

    @Example(
            value = "katra memory review --contradicted",
            synonyms = {"review", "stale", "duplicates", "clean"})
    @Command(
            name = {"memory", "review"},
            group = Groups.MEMORY,
            description = "Go through memories that are contradicted, said twice, not used or never found",
            help = """
                    On a terminal it shows one after the other and takes a key and Enter: k keeps it as it is, so that it is
                    not shown for 90 days and no longer contradicted, e writes its next revision, s lets the other memory take
                    its place, f forgets it, n goes on, q ends. Elsewhere, or with --json, it lists them. Nothing is deleted
                    unasked.
                    """)
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    Outcome review(
            Caller caller,
            ReviewOptions options,
            @OptionText("who looks at them") ActingAs as,
            @OptionText("an array of objects") OutputFormat format) {
        Dispatcher dispatcher = new Dispatcher(registry.getObject(), new ServerCommandRunner(starter), gate);
        return review(caller, options, as.name(), format.json(), dispatcher::dispatch);
    }

    /** Goes through the memories; the given function runs the commands of the server. */
    static Outcome review(
            Caller caller,
            ReviewOptions options,
            @Nullable String as,
            boolean json,
            Function<Caller, Outcome> commands) {
        List<String> acting = as == null ? List.of() : List.of("--as", as);
        List<String> list = new ArrayList<>(List.of("memory", "reviewable"));
        list.addAll(options.words());
        list.addAll(acting);
        if (json) {
            list.add("--json");
        }
        if (json || !caller.terminal().input() || !caller.terminal().output()) {
            return commands.apply(caller.with(list));
        }
        list.add("--json");
        StringWriter answer = new StringWriter();
        Outcome listed = commands.apply(caller.with(list)
                .with(caller.streams()
                        .withOutputs(
                                new PrintWriter(answer, true), caller.streams().err())));
        if (!listed.equals(Outcome.OK)) {
            return listed;
        }
        try {
            new Dialogue(caller, acting, commands).goThrough(MAPPER.readTree(answer.toString()));
        } catch (IOException e) {
            throw Failure.unavailable("cannot read the answer")
                    .hint("katra memory review --json lists what there is")
                    .cause(e);
        }
        return Outcome.OK;
    }

    /** Shows one memory after the other and does what the person says. */
    private static final class Dialogue {

        private final Caller caller;
        private final List<String> acting;
        private final Function<Caller, Outcome> commands;

        Dialogue(Caller caller, List<String> acting, Function<Caller, Outcome> commands) {
            this.caller = caller;
            this.acting = acting;
            this.commands = commands;
        }

        void goThrough(JsonNode items) throws IOException {
            if (items.isEmpty()) {
                caller.note("there is nothing to look at");
            }
            int at = 0;
            for (JsonNode item : items) {
                at++;
                caller.note(at + " of " + items.size() + ": " + why(item));
                if (!show(item)) {
                    return;
                }
            }
        }

        private static String why(JsonNode item) {
            List<String> reasons = new ArrayList<>();
            item.path("reasons").forEach(reason -> reasons.add(reason.asString()));
            int found = item.path("found").asInt();
            return String.join(", ", reasons)
                    + (found == 0 ? "" : "; found on " + found + (found == 1 ? " day" : " days"));
        }

        /** Returns false if the person wants no more. */
        private boolean show(JsonNode item) throws IOException {
            String number = item.path("memory").path("number").asString();
            String other = item.path("other").path("number").asString("");
            run("memory", "show", number);
            if (!other.isEmpty()) {
                caller.note("beside it:");
                run("memory", "show", other);
            }
            while (true) {
                String key = answer(KEYS).orElse("q").toLowerCase(Locale.ROOT);
                switch (key) {
                    case "k" -> {
                        run("memory", "keep", number);
                        return true;
                    }
                    case "e" -> {
                        if (edited(number)) {
                            return true;
                        }
                    }
                    case "s" -> {
                        if (superseded(number, other)) {
                            return true;
                        }
                    }
                    case "f" -> {
                        if (forgotten(number)) {
                            return true;
                        }
                    }
                    case "n" -> {
                        return true;
                    }
                    case "q" -> {
                        return false;
                    }
                    default -> caller.note("\"" + key + "\" is none of the keys k, e, s, f, n and q");
                }
            }
        }

        private boolean edited(String number) throws IOException {
            String text = answer("new text (nothing leaves it):").orElse("");
            return !text.isEmpty() && run("memory", "edit", number, "--", text);
        }

        private boolean superseded(String number, String other) throws IOException {
            String holds = other.isEmpty()
                    ? answer("number of the memory that holds (nothing leaves it):")
                            .orElse("")
                    : other;
            return !holds.isEmpty() && run("memory", "supersede", number, holds);
        }

        private boolean forgotten(String number) throws IOException {
            String sure = answer("forget " + number + " and its earlier revisions for good? [y/N]")
                    .orElse("");
            return sure.toLowerCase(Locale.ROOT).startsWith("y") && run("forget", number);
        }

        private Optional<String> answer(String question) throws IOException {
            caller.ask(question);
            return caller.input().nextLine().map(String::strip);
        }

        private boolean run(String... words) {
            List<String> all = new ArrayList<>(List.of(words));
            int options = all.indexOf("--");
            all.addAll(options < 0 ? all.size() : options, acting);
            return commands.apply(caller.with(all)).equals(Outcome.OK);
        }
    }
}
