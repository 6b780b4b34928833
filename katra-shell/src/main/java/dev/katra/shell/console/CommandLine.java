package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.NameDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Reads words as a command: {@code NAME [SUBNAME] [options and arguments in any order] [-- words]}. A word is taken as
 * it is; the shell has dealt with quotes. Spring Shell's parser (4.0.1) joins the words and splits them anew.
 */
final class CommandLine {

    private final CommandRegistry registry;

    CommandLine(CommandRegistry registry) {
        this.registry = registry;
    }

    /**
     * What was read.
     *
     * @param help true if only the command's help is wanted
     */
    record Read(CallerCommand command, ParsedInput input, List<String> passThrough, boolean help) {}

    /**
     * Reads the words.
     *
     * @throws Failure INVALID for a command, option or argument that does not exist or does not fit
     */
    Read read(List<String> words) {
        CallerCommand command = command(words);
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
            if (word.equals("--help") || word.equals("-h")) {
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
                } else if (i + 1 < words.size() && !words.get(i + 1).equals("--")) {
                    value = words.get(++i);
                } else {
                    throw Failure.invalid("the option " + spelled + " needs a value")
                            .hint(helpOf(command));
                }
                input.addOption(CommandOption.with()
                        .longName(Objects.requireNonNull(option.longName()))
                        .shortName(option.shortName())
                        .value(value)
                        .type(option.type())
                        .build());
            } else {
                arguments.add(word);
            }
        }
        if (!help && arguments.size() > command.mostArguments()) {
            throw Failure.invalid("unexpected argument \"" + arguments.get(command.mostArguments()) + "\"")
                    .hint(helpOf(command));
        }
        for (int n = 0; n < arguments.size(); n++) {
            input.addArgument(new CommandArgument(n, arguments.get(n)));
        }
        return new Read(command, input.build(), passThrough, help);
    }

    /** The command that the words begin with; the longest name wins. */
    private CallerCommand command(List<String> words) {
        for (int length = Math.min(3, words.size()); length > 0; length--) {
            List<String> name = words.subList(0, length);
            Command found = registry.getCommandByName(String.join(" ", name));
            if (found instanceof CallerCommand command
                    && List.of(found.getName().split(" ", -1)).equals(name)) {
                return command;
            }
        }
        String first = words.isEmpty() ? "" : words.get(0);
        List<String> below =
                names().stream().filter(name -> name.startsWith(first + " ")).toList();
        if (!below.isEmpty() && words.size() == 1) {
            throw Failure.invalid("\"" + first + "\" needs a second word")
                    .hint("one of: katra " + String.join(", katra ", below));
        }
        String typed = below.isEmpty() ? first : first + " " + words.get(1);
        Failure unknown = Failure.invalid("there is no command \"" + typed + "\"");
        throw nearest(typed, names())
                .map(near -> unknown.hint("did you mean katra " + near + "? katra help lists all commands"))
                .orElse(unknown.hint("katra help lists all commands"));
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
        throw nearest(spelled, known)
                .map(near -> unknown.hint("did you mean " + near + "? " + helpOf(command)))
                .orElse(unknown.hint(helpOf(command)));
    }

    private List<String> names() {
        return registry.getCommands().stream()
                .filter(command -> !command.isHidden())
                .map(Command::getName)
                .sorted()
                .toList();
    }

    private static String helpOf(Command command) {
        return "katra " + command.getName() + " --help";
    }

    private static Optional<String> nearest(String typed, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> NameDistance.between(typed, candidate)))
                .filter(near -> NameDistance.between(typed, near) <= Math.max(1, typed.length() / 3))
                .filter(Objects::nonNull);
    }
}
