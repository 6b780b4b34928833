package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** Finds commands by the words of their names, and suggests which one was probably meant. */
final class CommandNames {

    private static final int MAX_WORDS = 3;

    private final CommandRegistry registry;

    CommandNames(CommandRegistry registry) {
        this.registry = registry;
    }

    /** Returns the command whose name the words begin with, if there is one; the longest name wins. */
    Optional<CallerCommand> find(List<String> words) {
        for (int length = Math.min(MAX_WORDS, words.size()); length > 0; length--) {
            List<String> name = words.subList(0, length);
            Command found = registry.getCommandByName(String.join(" ", name));
            if (found instanceof CallerCommand command
                    && List.of(found.getName().split(" ", -1)).equals(name)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the command whose name the words begin with.
     *
     * @throws Failure INVALID if there is none, with what was probably meant
     */
    CallerCommand command(List<String> words) {
        return find(words).orElseThrow(() -> unknown(words));
    }

    /**
     * Returns the common first words of several commands, such as {@code memory}, if the words consist only of these
     * and one that asks for help.
     */
    Optional<String> noun(List<String> words) {
        if (words.size() < 2
                || !(CommandLineParser.isHelpOption(last(words)) || last(words).equals("help"))) {
            return Optional.empty();
        }
        String noun = String.join(" ", words.subList(0, words.size() - 1));
        return find(words).isEmpty() && !subcommandsOf(noun).isEmpty() ? Optional.of(noun) : Optional.empty();
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    /** Returns the names of the commands that begin with these words and have more. */
    List<String> subcommandsOf(String noun) {
        return names().stream().filter(name -> name.startsWith(noun + " ")).toList();
    }

    private Failure unknown(List<String> words) {
        List<String> before = new ArrayList<>();
        for (String word : words) {
            if (subcommandsOf(String.join(
                            " ", Stream.concat(before.stream(), Stream.of(word)).toList()))
                    .isEmpty()) {
                break;
            }
            before.add(word);
        }
        String noun = String.join(" ", before);
        if (!before.isEmpty() && before.size() == words.size()) {
            return Failure.invalid("\"" + noun + "\" needs another word")
                    .hint("one of: katra " + String.join(", katra ", subcommandsOf(noun)));
        }
        String typed = String.join(" ", words.subList(0, Math.min(words.size(), before.size() + 1)));
        Failure unknown = Failure.invalid("there is no command \"" + typed + "\"");
        List<String> meant = suggestions(typed);
        if (!meant.isEmpty()) {
            return unknown.hint(
                    "did you mean katra " + String.join(", or katra ", meant) + "? katra help lists all commands");
        }
        return unknown.hint(
                before.isEmpty()
                        ? "katra help lists all commands"
                        : "one of: katra " + String.join(", katra ", subcommandsOf(noun)));
    }

    /** Returns the commands that other programs call so, else the one with the closest name. */
    private List<String> suggestions(String typed) {
        List<String> elsewhere = Help.visible(registry).stream()
                .filter(command -> command.synonyms().contains(typed.toLowerCase(Locale.ROOT)))
                .map(Command::getName)
                .toList();
        return elsewhere.isEmpty() ? Closest.to(typed, names()).stream().toList() : elsewhere;
    }

    private List<String> names() {
        return registry.getCommands().stream()
                .filter(command -> !command.isHidden())
                .map(Command::getName)
                .sorted()
                .toList();
    }
}
