package dev.katra.shell.prompt;

import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.provider.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/** Completes commands, options and the names that options and commands take. */
final class WordCompleter implements Completer {

    private static final Set<String> PERSONA_OPTIONS = Set.of("--persona", "--to", "--as", "--with", "--author");
    private static final Set<String> PERSONA_COMMANDS = Set.of("attach", "stop", "resume", "usage", "wake");

    private final CommandRegistry registry;
    private final Names names;

    WordCompleter(CommandRegistry registry, Names names) {
        this.registry = registry;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        Optional<Command> command = command(before);
        Set<String> words = new TreeSet<>();
        if (command.isEmpty()) {
            words.addAll(commandWords(before));
        } else {
            String previous = before.get(before.size() - 1);
            words.addAll(values(command.get(), previous));
            if (words.isEmpty()) {
                command.get().getOptions().forEach(option -> words.add("--" + option.longName()));
                if (PERSONA_COMMANDS.contains(command.get().getName())
                        && !line.word().startsWith("-")) {
                    words.addAll(names.personas());
                }
            }
        }
        words.forEach(word -> candidates.add(new Candidate(word)));
    }

    private Optional<Command> command(List<String> words) {
        for (int length = Math.min(2, words.size()); length > 0; length--) {
            Command found = registry.getCommandByName(String.join(" ", words.subList(0, length)));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The next words of the commands that begin with these. */
    private List<String> commandWords(List<String> before) {
        List<String> words = new ArrayList<>(before.isEmpty() ? List.of("exit") : List.of());
        for (Command command : registry.getCommands()) {
            List<String> name = Arrays.asList(command.getName().split(" ", -1));
            if (!command.isHidden()
                    && name.size() > before.size()
                    && name.subList(0, before.size()).equals(before)) {
                words.add(name.get(before.size()));
            }
        }
        return words;
    }

    /** What may follow an option; nothing if the word before is none that takes a value. */
    private List<String> values(Command command, String previous) {
        CommandOption option = command.getOptions().stream()
                .filter(candidate -> candidate.isOptionEqual(previous) && candidate.type() != boolean.class)
                .findFirst()
                .orElse(null);
        if (option == null) {
            return List.of();
        }
        String name = "--" + Objects.requireNonNull(option.longName());
        if (PERSONA_OPTIONS.contains(name)) {
            return names.personas();
        }
        return switch (name) {
            case "--provider" -> names.providers();
            case "--route" -> Arrays.stream(Route.values()).map(Route::word).toList();
            case "--wake" ->
                Arrays.stream(WakePolicy.values()).map(WakePolicy::word).toList();
            case "--kind" -> List.of("note", "fact", "decision");
            case "--scope" -> List.of("team", "private");
            case "--from" -> List.of("katra", "claude", "server-memory");
            default -> List.of();
        };
    }
}
