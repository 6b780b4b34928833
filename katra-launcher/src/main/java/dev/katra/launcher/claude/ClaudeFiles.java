package dev.katra.launcher.claude;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.PrivateFiles;
import dev.katra.launcher.environment.NoProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the files that bind a client to Katra's server for one session: MCP configuration, settings, and the script
 * that the settings run. What the user passes on is merged in; the user's own configuration elsewhere stays in force.
 * No file holds the session's token: the client takes it from its environment.
 *
 * @param settings the settings file, with hooks and permissions
 * @param mcpConfig the file that names the MCP servers
 */
public record ClaudeFiles(Path settings, Path mcpConfig) {

    static final String BEARER = "Bearer ${" + SessionContract.TOKEN_VARIABLE + "}";

    /**
     * The time limit of one tool call. Waiting for a message may take five minutes, and by default the client cuts
     * every call after one.
     */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(6);

    /**
     * Writes the files into a session's folder.
     *
     * @param server the server's address, {@code http://127.0.0.1:3141}
     * @param user what the user passes on; only the last of several {@code --settings} counts, as it does for the
     *     client
     * @param folder the folder in which the session works, for relative paths in the user's arguments
     * @param missingTools the client's own tools that its provider cannot serve, and that the model must not see
     * @param variables the variables that the client gets whatever the user's settings files say; hosts that are exempt
     *     from a proxy are added to those that the user passes on
     * @throws Failure INVALID if something the user passes on cannot be read or merged
     */
    public static ClaudeFiles write(
            Path sessionFolder,
            URI server,
            UserArguments user,
            Path folder,
            List<String> missingTools,
            Map<String, String> variables) {
        Path script = sessionFolder.resolve(ClaudeHooks.SCRIPT);
        ObjectNode merged = settings(server, script, user, folder, missingTools);
        set(UserJson.object(merged, "env", "--settings"), variables);
        String settings = merged.toPrettyString();
        String mcpConfig = mcpConfig(server, user.mcpConfigs(), folder).toPrettyString();
        PrivateFiles.write(script, ClaudeHooks.scriptText());
        return new ClaudeFiles(
                PrivateFiles.write(sessionFolder.resolve("settings.json"), settings),
                PrivateFiles.write(sessionFolder.resolve("mcp.json"), mcpConfig));
    }

    private static ObjectNode mcpConfig(URI server, List<String> users, Path folder) {
        ObjectNode config = UserJson.JSON.createObjectNode();
        ObjectNode servers = config.putObject("mcpServers");
        for (String value : users) {
            UserJson.object(UserJson.read("--mcp-config", value, folder), "mcpServers", "--mcp-config")
                    .forEachEntry(servers::set);
        }
        if (servers.has(SessionContract.MCP_SERVER)) {
            throw Failure.invalid(
                            "--mcp-config names a server \"" + SessionContract.MCP_SERVER + "\", which is Katra's own")
                    .hint("give that server another name");
        }
        ObjectNode ours = servers.putObject(SessionContract.MCP_SERVER);
        ours.put("type", "http");
        ours.put("url", server.resolve(SessionContract.MCP_PATH).toString());
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
        add(UserJson.array(permissions, "allow", "--settings"), List.of("mcp__" + SessionContract.MCP_SERVER));
        if (!missingTools.isEmpty()) {
            add(UserJson.array(permissions, "deny", "--settings"), missingTools);
        }
        new ClaudeHooks(server, script).addTo(UserJson.object(settings, "hooks", "--settings"), !user.isPrintMode());
        return settings;
    }

    /** Sets variables. The hosts that the user's own {@code --settings} exempt from a proxy stay exempt. */
    private static void set(ObjectNode env, Map<String, String> variables) {
        variables.forEach((name, value) -> {
            String users = NoProxy.NAMES.contains(name) ? env.path(name).asString("") : "";
            env.put(name, users.isEmpty() ? value : NoProxy.withLoopback(users + "," + value));
        });
    }

    private static void add(ArrayNode rules, List<String> ours) {
        Set<JsonNode> all = new LinkedHashSet<>(rules.values());
        ours.forEach(rule -> all.add(rules.stringNode(rule)));
        rules.removeAll();
        all.forEach(rules::add);
    }
}
