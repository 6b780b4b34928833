package dev.katra.shell.prompt;

import dev.katra.shell.console.CallerCommand;
import dev.katra.shell.console.Takes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private final CommandRegistry registry;
    private final CompletionNames names;

    WordCompleter(CommandRegistry registry, CompletionNames names) {
        this.registry = registry;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line).forEach(word -> candidates.add(new Candidate(word)));
    }

    /** Returns the words that may stand where the line's last word was begun. */
    Set<String> words(ParsedLine line) {
        List<String> before = withoutProgram(line.words().subList(0, line.wordIndex()));
        Optional<CallerCommand> command = command(before);
        Set<String> words = new TreeSet<>();
        if (command.isEmpty()) {
            words.addAll(commandWords(before));
        } else {
            words.addAll(completionsAfter(command.get(), before, line.word()));
        }
        return words;
    }

    private static List<String> withoutProgram(List<String> words) {
        return !words.isEmpty() && words.get(0).equals("katra") ? words.subList(1, words.size()) : words;
    }

    /** Returns what may follow: the values of an option, else options and what the command's next argument takes. */
    private List<String> completionsAfter(CallerCommand command, List<String> before, String begun) {
        Optional<CommandOption> option = valueOption(command, before.get(before.size() - 1));
        if (option.isPresent()) {
            return command.valueKind(option.get()).map(this::values).orElse(List.of());
        }
        List<String> words = new ArrayList<>(command.getOptions().stream()
                .map(each -> "--" + each.longName())
                .toList());
        if (!begun.startsWith("-")) {
            List<String> typed = arguments(command, before);
            command.valueKind(typed.size()).ifPresent(what -> values(what).stream()
                    .filter(value -> !typed.contains(value))
                    .forEach(words::add));
        }
        return words;
    }

    /** Returns the arguments among the words. */
    private static List<String> arguments(CallerCommand command, List<String> words) {
        List<String> arguments = new ArrayList<>();
        for (int i = command.getName().split(" ", -1).length; i < words.size(); i++) {
            if (valueOption(command, words.get(i)).isPresent()) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                arguments.add(words.get(i));
            }
        }
        return arguments;
    }

    private static Optional<CommandOption> valueOption(CallerCommand command, String word) {
        return command.getOptions().stream()
                .filter(option -> option.isOptionEqual(word) && option.type() != boolean.class)
                .findFirst();
    }

    private List<String> values(Takes.ValueKind what) {
        return switch (what) {
            case RUNNING_PERSONA, ENDED_PERSONA, PERSONA, PERSON -> names.personas(what);
            case PROVIDER -> names.providers();
            case COMMAND -> commandWords(List.of());
            default -> what.allowedWords();
        };
    }

    private Optional<CallerCommand> command(List<String> words) {
        for (int length = Math.min(3, words.size()); length > 0; length--) {
            Command found = registry.getCommandByName(String.join(" ", words.subList(0, length)));
            if (found instanceof CallerCommand command) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Returns the next words of the commands that begin with these. */
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
}
