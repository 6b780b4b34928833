package dev.katra.shell.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/** The text of {@code katra help} and of {@code katra NAME --help}, made from the commands themselves. */
public final class Help {

    private Help() {}

    /** All commands by group. */
    public static String of(CommandRegistry registry) {
        List<CallerCommand> commands = visible(registry);
        int width = commands.stream().mapToInt(c -> c.getName().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(
                "katra runs a team of Claude Code sessions, each on its own provider, with one room and one memory.\n");
        String group = "";
        for (CallerCommand command : commands) {
            if (!command.getGroup().equals(group)) {
                group = command.getGroup();
                text.append('\n').append(group).append('\n');
            }
            text.append("  ")
                    .append(pad(command.getName(), width))
                    .append("  ")
                    .append(command.getDescription())
                    .append('\n');
        }
        return text.append("\nkatra COMMAND --help says more. katra alone opens a prompt with the same commands.")
                .toString();
    }

    /**
     * The command of that name.
     *
     * @throws dev.katra.core.failure.Failure INVALID if there is none
     */
    public static String of(CommandRegistry registry, List<String> name) {
        return of(new CommandLine(registry).read(name).command());
    }

    /** One command. */
    static String of(CallerCommand command) {
        StringBuilder text = new StringBuilder("usage: ").append(usage(command)).append("\n\n");
        text.append(command.getDescription()).append('\n');
        if (!command.getOptions().isEmpty()) {
            text.append('\n');
            int width = command.getOptions().stream()
                    .mapToInt(option -> spelled(option).length())
                    .max()
                    .orElse(0);
            for (CommandOption option : command.getOptions()) {
                text.append("  ")
                        .append(pad(spelled(option), width))
                        .append("  ")
                        .append(option.description())
                        .append('\n');
            }
        }
        if (!command.getHelp().isEmpty()) {
            text.append('\n').append(command.getHelp().strip()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    /** How to type it. */
    static String usage(CallerCommand command) {
        List<String> words = new ArrayList<>(List.of("katra", command.getName()));
        boolean optional = false;
        for (CommandOption option : command.getOptions()) {
            if (Boolean.TRUE.equals(option.required())) {
                words.add("--" + option.longName() + " " + label(option));
            } else {
                optional = true;
            }
        }
        if (optional) {
            words.add("[options]");
        }
        words.addAll(command.arguments());
        command.passThrough().ifPresent(name -> words.add("[-- " + name + "]"));
        return String.join(" ", words);
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

    private static String spelled(CommandOption option) {
        String letter = option.shortName() == ' ' ? "" : "-" + option.shortName() + ", ";
        String value = option.type() == boolean.class ? "" : " " + label(option);
        return letter + "--" + option.longName() + value;
    }

    private static String label(CommandOption option) {
        return Objects.requireNonNull(option.longName()).toUpperCase(Locale.ROOT);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
