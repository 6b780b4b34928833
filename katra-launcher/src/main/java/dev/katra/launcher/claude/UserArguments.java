package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a user passes on to the client, sorted: what is merged with ours is taken out, what Katra decides is refused,
 * and the rest stays as it is and where it is.
 *
 * @param options the arguments that pass through
 * @param operands what follows {@code --}: a prompt
 * @param settings values of {@code --settings}, files or JSON
 * @param mcpConfigs values of {@code --mcp-config}, files or JSON
 * @param systemPrompts values of {@code --append-system-prompt}
 */
public record UserArguments(
        List<String> options,
        List<String> operands,
        List<String> settings,
        List<String> mcpConfigs,
        List<String> systemPrompts) {

    private static final Map<String, String> REFUSED = Map.of(
            "--model", "katra start --model …",
            "--session-id", "leave it out: Katra gives every session its own",
            "--strict-mcp-config", "leave it out: a session needs Katra's MCP server",
            "--continue", "katra resume NAME",
            "-c", "katra resume NAME",
            "--resume", "katra resume NAME",
            "-r", "katra resume NAME",
            "--bg", "katra start --background …",
            "--background", "katra start --background …");

    public UserArguments {
        options = List.copyOf(options);
        operands = List.copyOf(operands);
        settings = List.copyOf(settings);
        mcpConfigs = List.copyOf(mcpConfigs);
        systemPrompts = List.copyOf(systemPrompts);
    }

    /** Whether the client is to answer one prompt and end, so that it is never idle. */
    public boolean prints() {
        return options.contains("-p") || options.contains("--print");
    }

    /** No arguments. */
    public static UserArguments none() {
        return parse(List.of());
    }

    /**
     * Sorts the arguments that a user wrote after {@code --}.
     *
     * @throws Failure INVALID for an argument that Katra decides, or one whose value is missing
     */
    public static UserArguments parse(List<String> arguments) {
        int end = arguments.indexOf("--");
        List<String> before = end < 0 ? arguments : arguments.subList(0, end);
        List<String> operands = end < 0 ? List.of() : arguments.subList(end + 1, arguments.size());
        List<String> options = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        List<String> mcpConfigs = new ArrayList<>();
        List<String> systemPrompts = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            String argument = before.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            refuse(name);
            List<String> values =
                    switch (name) {
                        case "--settings" -> settings;
                        case "--mcp-config" -> mcpConfigs;
                        case "--append-system-prompt" -> systemPrompts;
                        default -> options;
                    };
            if (values == options) {
                options.add(argument);
            } else if (equals >= 0) {
                values.add(argument.substring(equals + 1));
            } else {
                i++;
                if (i == before.size()) {
                    throw Failure.invalid("\"" + name + "\" needs a value");
                }
                values.add(before.get(i));
                // This one takes every word up to the next option.
                while (values == mcpConfigs
                        && i + 1 < before.size()
                        && !before.get(i + 1).startsWith("-")) {
                    i++;
                    values.add(before.get(i));
                }
            }
        }
        return new UserArguments(options, operands, settings, mcpConfigs, systemPrompts);
    }

    private static void refuse(String name) {
        String hint = REFUSED.get(name);
        if (hint != null) {
            throw Failure.invalid("\"" + name + "\" cannot be passed on to claude")
                    .hint(hint);
        }
    }
}
