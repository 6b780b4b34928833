package dev.katra.launcher.claude.settings;

import dev.katra.core.contract.SessionContract;
import dev.katra.launcher.agent.Restriction;
import dev.katra.launcher.claude.settings.ClaudeSettings.SettingEntry;
import dev.katra.launcher.environment.NoProxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds what settings files, the administrators' among them, and the user's options switch off of Katra. */
public final class Restrictions {

    private static final String NO_MCP =
            "Claude Code may not use Katra's MCP server, so a session has no tools of Katra's";
    private static final String NO_HOOKS =
            "Claude Code runs no hooks of Katra's, so mail wakes nobody and comes only when the model asks for it,"
                    + " and states are not known";
    private static final String NO_REPORTS = "Claude Code does not report to Katra's server, so mail is not proved"
            + " received and comes again, and states are not known";
    private static final String TO_THE_PROXY =
            "Claude Code would send Katra's token to a proxy, because loopback is not exempt";

    private final ClaudeSettings settings;
    private final String server;
    private final String mcpServer;
    private final String tokenVariable;
    private final List<Restriction> found = new ArrayList<>();

    private Restrictions(ClaudeSettings settings, URI server, String mcpServer, String tokenVariable) {
        this.settings = settings;
        this.server = server.toString();
        this.mcpServer = mcpServer;
        this.tokenVariable = tokenVariable;
    }

    /**
     * Returns all restrictions.
     *
     * @param server the server's address
     * @param mcpServer the name of Katra's MCP server
     * @param tokenVariable the environment variable that holds a session's token
     * @param options the arguments that the user passes on to the client
     */
    public static List<Restriction> of(
            ClaudeSettings settings, URI server, String mcpServer, String tokenVariable, List<String> options) {
        Restrictions look = new Restrictions(settings, server, mcpServer, tokenVariable);
        look.checkMcpServer();
        look.checkTools();
        look.checkHooks();
        look.checkProxies();
        look.checkMode(options);
        look.checkOptions(options);
        return List.copyOf(look.found);
    }

    private void checkMcpServer() {
        settings.managedMcp()
                .ifPresent(file -> add(
                        NO_MCP,
                        file + " names the only MCP servers",
                        true,
                        "Claude Code takes no other one while the file is there; ask your administrator to name those that"
                                + " may be used in allowedMcpServers instead"));
        List<SettingEntry> allowed = allowed();
        if (!allowed.isEmpty() && allowed.stream().noneMatch(entry -> allows(entry, allowed))) {
            String files = files(allowed);
            add(
                    NO_MCP,
                    "allowedMcpServers in " + files,
                    true,
                    "add {\"serverUrl\": \"http://127.0.0.1:*/*\"} and {\"serverName\": \"" + mcpServer + "\"} there");
        }
        for (SettingEntry denied : settings.all("deniedMcpServers")) {
            if (matches(denied.value(), true) || matches(denied.value(), false)) {
                add(NO_MCP, denied.place("deniedMcpServers"), true, "take the entry out there");
            }
        }
        checkPluginOnly("mcp", NO_MCP, true);
        JsonNode project = settings.clientState()
                .path("projects")
                .path(settings.folder().toString())
                .path("disabledMcpServers");
        if (holds(project, mcpServer)) {
            add(
                    NO_MCP,
                    "it is disabled for " + settings.folder() + " in " + settings.stateFile(),
                    true,
                    "in Claude Code: /mcp enable " + mcpServer);
        }
    }

    /**
     * Returns the lists of allowed MCP servers that count: those of all files together, or only the administrators' if
     * they say so.
     */
    private List<SettingEntry> allowed() {
        boolean managedOnly = settings.all("allowManagedMcpServersOnly").stream()
                .anyMatch(entry -> entry.file().isManaged() && entry.value().asBoolean(false));
        return settings.all("allowedMcpServers").stream()
                .filter(entry -> entry.value().isArray())
                .filter(entry -> !managedOnly || entry.file().isManaged())
                .toList();
    }

    /**
     * Returns whether a list allows Katra's server. As soon as any list names URLs, a server with a URL must match one
     * of them, whatever its name.
     */
    private boolean allows(SettingEntry entry, List<SettingEntry> all) {
        boolean byUrl = all.stream()
                .flatMap(each -> each.value().values().stream())
                .anyMatch(each -> each.path("serverUrl").isString());
        return matches(entry.value(), byUrl);
    }

    private boolean matches(JsonNode list, boolean byUrl) {
        return list.values().stream()
                .anyMatch(entry -> byUrl
                        ? glob(entry.path("serverUrl").asString(""), server + SessionContract.MCP_PATH)
                        : entry.path("serverName").asString("").equals(mcpServer));
    }

    private void checkTools() {
        for (SettingEntry permissions : settings.all("permissions")) {
            List<String> denied = permissions.value().path("deny").values().stream()
                    .map(rule -> rule.asString(""))
                    .filter(rule -> glob(rule, "mcp__" + mcpServer)
                            || rule.startsWith("mcp__" + mcpServer + "__")
                            || (rule.contains("*")
                                    && glob(rule, "mcp__" + mcpServer + "__" + SessionContract.HEAR_TOOL)))
                    .toList();
            if (!denied.isEmpty()) {
                add(
                        "the model may not use " + String.join(", ", denied),
                        permissions.place("permissions.deny"),
                        false,
                        "take the rule out there");
            }
        }
    }

    private void checkHooks() {
        for (String key : List.of("disableAllHooks", "allowManagedHooksOnly")) {
            settings.all(key).stream()
                    .filter(entry -> entry.file().isManaged() && entry.value().asBoolean(false))
                    .forEach(entry -> add(NO_HOOKS, entry.place(key), false, "ask your administrator"));
        }
        checkPluginOnly("hooks", NO_HOOKS, false);
        checkHookList(
                "allowedHttpHookUrls",
                server + SessionContract.HOOKS_PATH + "Stop",
                "\"" + server + SessionContract.HOOKS_PATH + "*\"");
        checkHookList("httpHookAllowedEnvVars", tokenVariable, "\"" + tokenVariable + "\"");
    }

    /** Checks a list that restricts what http hooks may do; the lists of all files count together. */
    private void checkHookList(String key, String ours, String missing) {
        List<SettingEntry> lists = settings.all(key).stream()
                .filter(entry -> entry.value().isArray())
                .toList();
        boolean named = lists.stream()
                .flatMap(entry -> entry.value().values().stream())
                .anyMatch(entry -> glob(entry.asString(""), ours));
        if (!lists.isEmpty() && !named) {
            add(NO_REPORTS, key + " in " + files(lists), false, "add " + missing + " there");
        }
    }

    /**
     * Checks the administrators' setting that all customization of a kind must come from plugins: of all kinds, or of
     * those in a list.
     */
    private void checkPluginOnly(String kind, String lost, boolean stops) {
        settings.all("strictPluginOnlyCustomization").stream()
                .filter(entry -> entry.file().isManaged())
                .filter(entry -> entry.value().asBoolean(false) || holds(entry.value(), kind))
                .forEach(entry ->
                        add(lost, entry.place("strictPluginOnlyCustomization"), stops, "ask your administrator"));
    }

    /**
     * Checks the administrators' proxy settings. Those of other files do not matter, because Katra's own settings
     * overrule them.
     */
    private void checkProxies() {
        for (String name : NoProxy.NAMES) {
            settings.variable(name)
                    .filter(entry -> entry.file().isManaged())
                    .filter(entry -> !NoProxy.hasLoopback(entry.value().asString("")))
                    .ifPresent(entry -> add(
                            TO_THE_PROXY,
                            entry.place("env." + name),
                            true,
                            "ask your administrator to add 127.0.0.1 and localhost to it"));
        }
    }

    /**
     * Checks whether settings switch off the permission mode that the session would have; the client then asks a
     * person.
     */
    private void checkMode(List<String> options) {
        switch (mode(options)) {
            case "auto" -> checkModeSwitch("disableAutoMode", "Claude Code has no auto mode");
            case "bypassPermissions" ->
                checkModeSwitch("disableBypassPermissionsMode", "Claude Code may not skip permissions");
            default -> {}
        }
    }

    private String mode(List<String> options) {
        if (options.contains("--dangerously-skip-permissions")) {
            return "bypassPermissions";
        }
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).startsWith("--permission-mode=")) {
                return options.get(i).substring("--permission-mode=".length());
            }
            if (options.get(i).equals("--permission-mode") && i + 1 < options.size()) {
                return options.get(i + 1);
            }
        }
        return settings.all("permissions").stream()
                .map(entry -> entry.value().path("defaultMode").asString(""))
                .filter(mode -> !mode.isEmpty())
                .findFirst()
                .orElse("auto");
    }

    /** Checks a switch that the client accepts in any file, at the top or among the permissions. */
    private void checkModeSwitch(String key, String lost) {
        Stream<String> atTheTop = settings.all(key).stream()
                .filter(entry -> entry.value().asString("").equals("disable"))
                .map(entry -> entry.place(key));
        Stream<String> amongPermissions = settings.all("permissions").stream()
                .filter(entry -> entry.value().path(key).asString("").equals("disable"))
                .map(entry -> entry.place("permissions." + key));
        Stream.concat(atTheTop, amongPermissions)
                .findFirst()
                .ifPresent(place -> add(
                        lost + ", so a session waits for a person at every call that no rule allows",
                        place,
                        false,
                        "take the entry out there, name such calls in permissions.allow, or choose another mode:"
                                + " katra start NAME -- --permission-mode MODE"));
    }

    private void checkOptions(List<String> options) {
        if (options.contains("--bare")) {
            add(NO_HOOKS, "--bare", false, "leave it out");
        }
        for (String name : List.of("CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE")) {
            settings.variable(name)
                    .filter(entry ->
                            !List.of("", "0", "false").contains(entry.value().asString("")))
                    .ifPresent(entry ->
                            add(NO_HOOKS, entry.place("env." + name), name.endsWith("SAFE_MODE"), "take it out there"));
        }
    }

    private void add(String lost, String by, boolean stops, String remedy) {
        found.add(new Restriction(lost, by, stops, remedy));
    }

    private static boolean holds(JsonNode list, String word) {
        return list.values().stream().anyMatch(entry -> entry.asString("").equals(word));
    }

    private static String files(List<SettingEntry> entries) {
        return entries.stream().map(entry -> entry.file().path().toString()).collect(Collectors.joining(" and "));
    }

    private static boolean glob(String pattern, String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return !pattern.isEmpty() && text.matches(regex);
    }
}
