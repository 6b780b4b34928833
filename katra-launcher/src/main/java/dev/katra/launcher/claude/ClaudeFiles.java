package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two files that bind a client to Katra's server for one session: MCP configuration and settings. What the user
 * passes on is merged in; the user's own configuration elsewhere stays in force. Neither file holds the session's
 * token: the client takes it from its environment.
 *
 * @param settings hooks and permissions
 * @param mcpConfig the MCP servers
 */
public record ClaudeFiles(Path settings, Path mcpConfig) {

    /** The MCP server's name, and so the first part of its tools' names. */
    public static final String SERVER = "katra";

    /** The variable of the session's environment that holds its token. */
    public static final String TOKEN_VARIABLE = "KATRA_SESSION_TOKEN";

    /** The events that the client reports to the server, each at {@code /hooks/<name>}. */
    public static final List<String> HOOKS =
            List.of("UserPromptSubmit", "PostToolUse", "Stop", "Notification", "SessionEnd");

    private static final String BEARER = "Bearer ${" + TOKEN_VARIABLE + "}";

    /** A server that hangs must not hold the session up for longer than this. */
    private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(2);

    /** The server answers within this time whatever happens. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    /** Waiting for a message may take five minutes; without this the client cuts every call after one. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(6);

    /**
     * Writes both files into a session's folder.
     *
     * @param server the server's address, {@code http://127.0.0.1:3141}
     * @param user what the user passes on; of several {@code --settings} the last counts, as it does for the client
     * @param folder the session's, for relative paths in the user's arguments
     * @param missingTools the client's own tools that its provider cannot serve, which the model shall not see
     * @throws Failure INVALID if something the user passes on cannot be read or merged
     */
    public static ClaudeFiles write(
            Path sessionFolder, URI server, UserArguments user, Path folder, List<String> missingTools) {
        String settings =
                settings(server, user.settings(), folder, missingTools).toPrettyString();
        String mcpConfig = mcpConfig(server, user.mcpConfigs(), folder).toPrettyString();
        return new ClaudeFiles(
                PrivateFile.write(sessionFolder.resolve("settings.json"), settings),
                PrivateFile.write(sessionFolder.resolve("mcp.json"), mcpConfig));
    }

    private static ObjectNode mcpConfig(URI server, List<String> users, Path folder) {
        ObjectNode config = UserJson.JSON.createObjectNode();
        ObjectNode servers = config.putObject("mcpServers");
        for (String value : users) {
            UserJson.object(UserJson.read("--mcp-config", value, folder), "mcpServers", "--mcp-config")
                    .forEachEntry(servers::set);
        }
        if (servers.has(SERVER)) {
            throw Failure.invalid("--mcp-config names a server \"" + SERVER + "\", which is Katra's own")
                    .hint("give that server another name");
        }
        ObjectNode ours = servers.putObject(SERVER);
        ours.put("type", "http");
        ours.put("url", server.resolve("/mcp").toString());
        ours.putObject("headers").put("Authorization", BEARER);
        ours.put("alwaysLoad", true);
        ours.put("timeout", CALL_TIMEOUT.toMillis());
        return config;
    }

    private static ObjectNode settings(URI server, List<String> users, Path folder, List<String> missingTools) {
        ObjectNode settings = users.isEmpty()
                ? UserJson.JSON.createObjectNode()
                : UserJson.read("--settings", users.get(users.size() - 1), folder);
        settings.put("disableAllHooks", false);
        ObjectNode permissions = UserJson.object(settings, "permissions", "--settings");
        add(UserJson.array(permissions, "allow", "--settings"), List.of("mcp__" + SERVER));
        if (!missingTools.isEmpty()) {
            add(UserJson.array(permissions, "deny", "--settings"), missingTools);
        }
        ObjectNode hooks = UserJson.object(settings, "hooks", "--settings");
        for (String event : HOOKS) {
            ObjectNode hook = UserJson.array(hooks, event, "--settings")
                    .addObject()
                    .putArray("hooks")
                    .addObject();
            hook.put("type", "http");
            hook.put("url", server.resolve("/hooks/" + event).toString());
            hook.putObject("headers").put("Authorization", BEARER);
            hook.putArray("allowedEnvVars").add(TOKEN_VARIABLE);
            hook.put("timeout", HOOK_TIMEOUT.toSeconds());
        }
        ObjectNode start = UserJson.array(hooks, "SessionStart", "--settings")
                .addObject()
                .putArray("hooks")
                .addObject();
        start.put("type", "command");
        start.put("command", awaitTools(server));
        start.put("timeout", START_TIMEOUT.toSeconds());
        return settings;
    }

    /**
     * Holds the first prompt until the server has given the client its tools: the client does not wait for its MCP
     * servers, and this event takes no http hook. The token travels on stdin, and the answer is nobody's context.
     */
    private static String awaitTools(URI server) {
        return "printf 'Authorization: Bearer %s' \"$" + TOKEN_VARIABLE + "\" | curl -s -o /dev/null -m "
                + (START_TIMEOUT.toSeconds() - 1) + " -H @- -d '{}' " + server.resolve("/hooks/SessionStart")
                + " || true";
    }

    private static void add(ArrayNode rules, List<String> ours) {
        Set<JsonNode> all = new LinkedHashSet<>(rules.values());
        ours.forEach(rule -> all.add(rules.stringNode(rule)));
        rules.removeAll();
        all.forEach(rules::add);
    }
}
