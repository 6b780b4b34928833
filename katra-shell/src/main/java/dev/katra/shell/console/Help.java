package dev.katra.shell.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/** Writes the text of {@code katra help} and of {@code katra NAME --help} from the commands themselves. */
public final class Help {

    private Help() {}

    /** Returns the list of all commands by group, in lines of at most this many columns. */
    public static String of(CommandRegistry registry, int columns) {
        return lines(AgentWords.fill("""
                katra runs a team of {agent} sessions, each on its own provider, with one room and one memory.

                First steps: katra start NAME, katra say TEXT, katra list, katra attach NAME, katra stop NAME"""), visible(registry), columns)
                + "\n\n"
                + TextWidth.fillParagraphs(
                        "katra COMMAND --help says more. katra alone opens a prompt with the same commands.", columns);
    }

    /**
     * Returns the help of the command of that name, or the list of all whose names begin so.
     *
     * @throws dev.katra.core.failure.Failure INVALID if there is none
     */
    public static String of(CommandRegistry registry, List<String> name, int columns) {
        CommandNames names = new CommandNames(registry);
        String noun = String.join(" ", name);
        if (names.find(name).isEmpty() && !names.subcommandsOf(noun).isEmpty()) {
            return ofNoun(registry, noun, columns);
        }
        return of(new CommandLineParser(names).parse(name).command(), columns);
    }

    /** Returns the list of the commands whose names begin with these words. */
    static String ofNoun(CommandRegistry registry, String noun, int columns) {
        List<CallerCommand> below = visible(registry).stream()
                .filter(command -> command.getName().startsWith(noun + " "))
                .toList();
        String first = below.get(0).example().orElse("katra " + below.get(0).getName());
        return lines("example: " + first, below, columns)
                + "\n\n"
                + TextWidth.fillParagraphs("katra " + noun + " … --help says more of each.", columns);
    }

    private static String lines(String before, List<CallerCommand> commands, int columns) {
        int width = commands.stream().mapToInt(c -> c.getName().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(TextWidth.fillParagraphs(before, columns)).append('\n');
        String group = "";
        for (CallerCommand command : commands) {
            if (!command.getGroup().equals(group)) {
                group = command.getGroup();
                text.append('\n').append(group).append('\n');
            }
            text.append(entry(command.getName(), width, command.getDescription(), columns));
        }
        return text.toString().stripTrailing();
    }

    /** Returns the help of one command, in lines of at most this many columns. */
    static String of(CallerCommand command, int columns) {
        StringBuilder text = new StringBuilder();
        command.example().ifPresent(example -> text.append(TextWidth.hanging("example: ", example, columns))
                .append('\n'));
        text.append(TextWidth.hanging("usage:   ", usage(command), columns)).append("\n\n");
        text.append(TextWidth.fillParagraphs(command.getDescription(), columns)).append('\n');
        if (!command.getOptions().isEmpty()) {
            text.append('\n');
            int width = command.getOptions().stream()
                    .mapToInt(option -> spelled(command, option).length())
                    .max()
                    .orElse(0);
            for (CommandOption option : command.getOptions()) {
                text.append(entry(spelled(command, option), width, option.description(), columns));
            }
        }
        if (!command.getHelp().isEmpty()) {
            text.append('\n')
                    .append(TextWidth.fillParagraphs(command.getHelp().strip(), columns))
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String entry(String name, int width, @Nullable String description, int columns) {
        return TextWidth.hanging(
                        "  " + TextWidth.pad(name, width) + "  ",
                        AgentWords.fill(Objects.requireNonNullElse(description, "")),
                        columns)
                + "\n";
    }

    /** Returns the usage line of a command. */
    static String usage(CallerCommand command) {
        List<String> words = new ArrayList<>(List.of("katra", command.getName()));
        boolean optional = false;
        for (CommandOption option : command.getOptions()) {
            if (Boolean.TRUE.equals(option.required())) {
                words.add("--" + option.longName() + " " + command.placeholder(option));
            } else {
                optional = true;
            }
        }
        if (optional) {
            words.add("[options]");
        }
        words.addAll(command.arguments());
        command.passThrough()
                .ifPresent(mark -> words.add(mark.bare() ? "[" + mark.value() + "]" : "[-- " + mark.value() + "]"));
        return AgentWords.fill(String.join(" ", words));
    }

    static List<CallerCommand> visible(CommandRegistry registry) {
        return registry.getCommands().stream()
                .filter(CallerCommand.class::isInstance)
                .map(CallerCommand.class::cast)
                .filter(command -> !command.isHidden())
                .sorted(Comparator.comparing((CallerCommand command) -> Groups.order(command.getGroup()))
                        .thenComparing(Command::getName))
                .toList();
    }

    private static String spelled(CallerCommand command, CommandOption option) {
        String letter = option.shortName() == ' ' ? "" : "-" + option.shortName() + ", ";
        String value = option.type() == boolean.class ? "" : " " + command.placeholder(option);
        return letter + "--" + option.longName() + value;
    }
}
