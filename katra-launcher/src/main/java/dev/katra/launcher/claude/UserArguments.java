package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorts the arguments that a user passes on to the client: those that Katra merges with its own are taken out, those
 * that Katra decides are refused, and the rest keeps its order.
 *
 * @param options the arguments that pass through unchanged
 * @param operands the arguments after {@code --}: a prompt
 * @param settings the values of {@code --settings}, files or JSON
 * @param mcpConfigs the values of {@code --mcp-config}, files or JSON
 * @param systemPrompts the values of {@code --append-system-prompt}
 */
public record UserArguments(
        List<String> options,
        List<String> operands,
        List<String> settings,
        List<String> mcpConfigs,
        List<String> systemPrompts) {

    private static final String OPENS_ANOTHER_SESSION =
            "leave it out: what it opens is not the session that Katra starts";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("--model", "katra start --model …"),
            Map.entry("--session-id", "leave it out: Katra gives every session its own"),
            Map.entry("--strict-mcp-config", "leave it out: a session needs Katra's MCP server"),
            Map.entry("--safe-mode", "leave it out: it switches Katra's MCP server and hooks off"),
            Map.entry("--continue", "katra resume NAME"),
            Map.entry("-c", "katra resume NAME"),
            Map.entry("--resume", "katra resume NAME"),
            Map.entry("-r", "katra resume NAME"),
            Map.entry("--bg", "katra start --background …"),
            Map.entry("--background", "katra start --background …"),
            Map.entry("--cloud", OPENS_ANOTHER_SESSION),
            Map.entry("--desktop", OPENS_ANOTHER_SESSION),
            Map.entry("--fork-session", OPENS_ANOTHER_SESSION),
            Map.entry("--from-pr", OPENS_ANOTHER_SESSION),
            Map.entry("--teleport", OPENS_ANOTHER_SESSION));

    public UserArguments {
        options = List.copyOf(options);
        operands = List.copyOf(operands);
        settings = List.copyOf(settings);
        mcpConfigs = List.copyOf(mcpConfigs);
        systemPrompts = List.copyOf(systemPrompts);
    }

    /** Returns whether the client answers one prompt and ends, so that it is never idle. */
    public boolean isPrintMode() {
        return options.contains("-p") || options.contains("--print");
    }

    /**
     * Returns the names of the variables that the user's {@code --settings} give the client.
     *
     * @param folder the folder in which the session works, for a relative path
     * @throws Failure INVALID if the settings cannot be read
     */
    Set<String> settingVariables(Path folder) {
        return settings.isEmpty()
                ? Set.of()
                : Set.copyOf(UserJson.read("--settings", settings.get(settings.size() - 1), folder)
                        .path("env")
                        .propertyNames());
    }

    /** Returns an empty list of arguments. */
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
                    throw Failure.invalid("\"" + name + "\" needs a value")
                            .hint("write the value after it: " + name + " VALUE");
                }
                values.add(before.get(i));
                // --mcp-config takes every word up to the next option.
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
