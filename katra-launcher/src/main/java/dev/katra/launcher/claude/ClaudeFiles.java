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
 * The files that bind a client to Katra's server for one session: MCP configuration, settings, and the script that the
 * settings run. What the user passes on is merged in; the user's own configuration elsewhere stays in force. No file
 * holds the session's token: the client takes it from its environment.
 *
 * @param settings hooks and permissions
 * @param mcpConfig the MCP servers
 */
public record ClaudeFiles(Path settings, Path mcpConfig) {

    /** The MCP server's name, and so the first part of its tools' names. */
    public static final String SERVER = "katra";

    /** The variable of the session's environment that holds its token. */
    public static final String TOKEN_VARIABLE = "KATRA_SESSION_TOKEN";

    static final String BEARER = "Bearer ${" + TOKEN_VARIABLE + "}";

    /** Waiting for a message may take five minutes; without this the client cuts every call after one. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(6);

    /**
     * Writes the files into a session's folder.
     *
     * @param server the server's address, {@code http://127.0.0.1:3141}
     * @param user what the user passes on; of several {@code --settings} the last counts, as it does for the client
     * @param folder the session's, for relative paths in the user's arguments
     * @param missingTools the client's own tools that its provider cannot serve, which the model shall not see
     * @throws Failure INVALID if something the user passes on cannot be read or merged
     */
    public static ClaudeFiles write(
            Path sessionFolder, URI server, UserArguments user, Path folder, List<String> missingTools) {
        Path script = sessionFolder.resolve(ClaudeHooks.SCRIPT);
        String settings = settings(server, script, user, folder, missingTools).toPrettyString();
        String mcpConfig = mcpConfig(server, user.mcpConfigs(), folder).toPrettyString();
        PrivateFile.write(script, ClaudeHooks.scriptText());
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

    private static ObjectNode settings(
            URI server, Path script, UserArguments user, Path folder, List<String> missingTools) {
        List<String> users = user.settings();
        ObjectNode settings = users.isEmpty()
                ? UserJson.JSON.createObjectNode()
                : UserJson.read("--settings", users.get(users.size() - 1), folder);
        settings.put("disableAllHooks", false);
        ObjectNode permissions = UserJson.object(settings, "permissions", "--settings");
        add(UserJson.array(permissions, "allow", "--settings"), List.of("mcp__" + SERVER));
        if (!missingTools.isEmpty()) {
            add(UserJson.array(permissions, "deny", "--settings"), missingTools);
        }
        new ClaudeHooks(server, script).addTo(UserJson.object(settings, "hooks", "--settings"), !user.prints());
        return settings;
    }

    private static void add(ArrayNode rules, List<String> ours) {
        Set<JsonNode> all = new LinkedHashSet<>(rules.values());
        ours.forEach(rule -> all.add(rules.stringNode(rule)));
        rules.removeAll();
        all.forEach(rules::add);
    }
}
