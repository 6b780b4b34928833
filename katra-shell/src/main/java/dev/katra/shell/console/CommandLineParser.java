package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Parses words as a command: {@code NAME [SUBNAME] [options and arguments in any order] [-- words]}. A word is taken as
 * it is; the shell has dealt with quotes. Spring Shell's parser (4.0.1) joins the words and splits them anew.
 */
final class CommandLineParser {

    private static final List<String> HELP_OPTIONS = List.of("--help", "-h");

    private final CommandNames names;

    CommandLineParser(CommandNames names) {
        this.names = names;
    }

    /** Returns whether this word is an option that asks for help. */
    static boolean isHelpOption(String word) {
        return HELP_OPTIONS.contains(word);
    }

    /**
     * A parsed command is what the words of a command line mean.
     *
     * @param help true if only the command's help is wanted
     */
    record ParsedCommandLine(CallerCommand command, ParsedInput input, List<String> passThrough, boolean help) {}

    /**
     * Parses the words.
     *
     * @throws Failure INVALID for a command, option or argument that does not exist or does not fit
     */
    ParsedCommandLine parse(List<String> typed) {
        List<String> words = commandFirst(typed);
        CallerCommand command = names.command(words);
        ParsedInput.Builder input = ParsedInput.builder();
        String[] name = command.getName().split(" ", -1);
        input.commandName(name[0]);
        for (int i = 1; i < name.length; i++) {
            input.addSubCommand(name[i]);
        }
        List<String> arguments = new ArrayList<>();
        List<String> passThrough = new ArrayList<>();
        boolean help = false;
        int i = name.length;
        for (; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                List<String> rest = words.subList(i + 1, words.size());
                (command.passThrough().isPresent() ? passThrough : arguments).addAll(rest);
                break;
            }
            if (HELP_OPTIONS.contains(word)) {
                help = true;
            } else if (word.startsWith("-") && word.length() > 1) {
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                String spelled = equals < 0 ? word : word.substring(0, equals);
                CommandOption option = option(command, spelled);
                String value;
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (option.type() == boolean.class) {
                    value = "true";
                } else if (i + 1 < words.size() && HELP_OPTIONS.contains(words.get(i + 1))) {
                    continue; // and the help says what it wants
                } else if (i + 1 < words.size() && !words.get(i + 1).equals("--")) {
                    value = words.get(++i);
                    if (isOption(command, value)) {
                        throw Failure.invalid(
                                        "the option " + spelled + " needs a value, and " + value + " is another option")
                                .hint("if " + value + " is the value: --" + option.longName() + "=" + value + "; else "
                                        + helpOf(command));
                    }
                } else {
                    throw Failure.invalid("the option " + spelled + " needs a value: " + command.placeholder(option))
                            .hint(helpOf(command));
                }
                input.addOption(CommandOption.with()
                        .longName(Objects.requireNonNull(option.longName()))
                        .shortName(option.shortName())
                        .value(value)
                        .type(option.type())
                        .build());
            } else if (command.passThrough().filter(PassThroughArguments::bare).isPresent()) {
                passThrough.addAll(words.subList(i, words.size()));
                break;
            } else {
                arguments.add(word);
            }
        }
        if (!help && arguments.size() > command.maxArguments()) {
            throw tooManyArguments(command, arguments.get(command.maxArguments()));
        }
        for (int n = 0; n < arguments.size(); n++) {
            input.addArgument(new CommandArgument(n, arguments.get(n)));
        }
        return new ParsedCommandLine(command, input.build(), passThrough, help);
    }

    /**
     * Returns the words with the command in front of options that were typed before it. It is the first command behind
     * them that has all these options.
     */
    private List<String> commandFirst(List<String> typed) {
        if (typed.isEmpty() || !typed.get(0).startsWith("-")) {
            return typed;
        }
        for (int i = 1; i < typed.size(); i++) {
            Optional<CallerCommand> found = names.find(typed.subList(i, typed.size()));
            if (found.isPresent() && areOptionsOf(found.get(), typed.subList(0, i))) {
                int end = i + wordsIn(found.get());
                List<String> words = new ArrayList<>(typed.subList(i, end));
                words.addAll(typed.subList(0, i));
                words.addAll(typed.subList(end, typed.size()));
                return words;
            }
        }
        throw Failure.invalid(
                        "there is no command with the option " + typed.get(0).split("=", 2)[0])
                .hint("the command comes first: katra COMMAND " + typed.get(0).split("=", 2)[0]
                        + "; katra help lists all commands");
    }

    /** Returns whether the words are options of this command with their values, and nothing else. */
    private static boolean areOptionsOf(CallerCommand command, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String spelled = words.get(i).split("=", 2)[0];
            if (HELP_OPTIONS.contains(spelled)) {
                continue;
            }
            Optional<CommandOption> option = command.getOptions().stream()
                    .filter(candidate -> candidate.isOptionEqual(spelled))
                    .findFirst();
            if (option.isEmpty()) {
                return false;
            }
            if (option.get().type() != boolean.class && !words.get(i).contains("=") && ++i == words.size()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOption(CallerCommand command, String word) {
        return command.getOptions().stream().anyMatch(option -> option.isOptionEqual(word));
    }

    private static int wordsIn(Command command) {
        return command.getName().split(" ", -1).length;
    }

    private static Failure tooManyArguments(CallerCommand command, String argument) {
        return Failure.invalid("\"" + argument + "\" is one argument too many: katra " + command.getName() + " takes "
                        + (command.maxArguments() == 0 ? "none" : String.join(" ", command.arguments())))
                .hint(helpOf(command));
    }

    private CommandOption option(CallerCommand command, String spelled) {
        for (CommandOption option : command.getOptions()) {
            if (option.isOptionEqual(spelled)) {
                return option;
            }
        }
        List<String> known = command.getOptions().stream()
                .map(option -> "--" + option.longName())
                .toList();
        Failure unknown = Failure.invalid("katra " + command.getName() + " has no option " + spelled);
        throw Closest.to(spelled, known)
                .map(near -> unknown.hint("did you mean " + near + "? " + helpOf(command)))
                .orElse(unknown.hint(helpOf(command)));
    }

    private static String helpOf(Command command) {
        return "katra " + command.getName() + " --help";
    }
}
