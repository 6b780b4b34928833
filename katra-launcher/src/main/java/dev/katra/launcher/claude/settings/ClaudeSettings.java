package dev.katra.launcher.claude.settings;

import dev.katra.launcher.claude.settings.SettingsFile.Scope;
import dev.katra.launcher.environment.NoProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the settings files that a session's client uses besides the one that Katra gives it. It changes none of them.
 */
public final class ClaudeSettings {

    /** The environment variable that names the folder of the administrators' settings, if it is not the default one. */
    public static final String MANAGED_VARIABLE = "KATRA_MANAGED_SETTINGS";

    private static final String CONFIGURATION_VARIABLE = "CLAUDE_CONFIG_DIR";
    private static final String MANAGED_MCP = "managed-mcp.json";

    private final List<SettingsFile> files;
    private final Path managed;
    private final Path configuration;
    private final JsonNode clientState;
    private final Path stateFile;
    private final Path folder;

    private ClaudeSettings(Map<String, String> environment, Path folder) {
        String named = environment.getOrDefault(CONFIGURATION_VARIABLE, "");
        Path user = Path.of(environment.getOrDefault("HOME", "/"));
        this.managed = managedFolder(environment);
        this.configuration = named.isEmpty() ? user.resolve(".claude") : Path.of(named);
        this.stateFile = (named.isEmpty() ? user : configuration).resolve(".claude.json");
        this.clientState = read(stateFile);
        this.folder = folder;
        List<SettingsFile> found = new ArrayList<>();
        for (Path drop : dropIns(managed.resolve("managed-settings.d"))) {
            add(found, Scope.MANAGED, drop);
        }
        add(found, Scope.MANAGED, managed.resolve("managed-settings.json"));
        add(found, Scope.LOCAL, folder.resolve(".claude/settings.local.json"));
        add(found, Scope.PROJECT, folder.resolve(".claude/settings.json"));
        add(found, Scope.USER, configuration.resolve("settings.json"));
        this.files = List.copyOf(found);
    }

    /**
     * Reads the settings files of a client.
     *
     * @param environment the client's environment: HOME, and CLAUDE_CONFIG_DIR if it has another folder than {@code
     *     ~/.claude}
     * @param folder the folder in which the client works
     */
    public static ClaudeSettings of(Map<String, String> environment, Path folder) {
        return new ClaudeSettings(environment, folder);
    }

    /** Holds a value and the file that it stands in. */
    record SettingEntry(SettingsFile file, JsonNode value) {

        /** Returns the place of the value, for a person to go there. */
        String place(String key) {
            return key + " in " + file.path();
        }
    }

    /** Returns the values of a key in all files, the strongest first. */
    List<SettingEntry> all(String key) {
        List<SettingEntry> entries = new ArrayList<>();
        for (SettingsFile file : files) {
            JsonNode value = file.content().get(key);
            if (value != null && !value.isNull()) {
                entries.add(new SettingEntry(file, value));
            }
        }
        return entries;
    }

    /**
     * Returns the value of a variable that the settings give the client, which overrides the client's environment; the
     * strongest file counts.
     */
    Optional<SettingEntry> variable(String name) {
        return all("env").stream()
                .filter(entry -> entry.value().path(name).isString())
                .map(entry -> new SettingEntry(entry.file(), entry.value().path(name)))
                .findFirst();
    }

    /** Returns the names of all variables that the settings give the client. */
    public Stream<String> variableNames() {
        return all("env").stream().flatMap(entry -> entry.value().propertyNames().stream());
    }

    /** Returns the administrators' file that lists the only MCP servers allowed; empty if there is none. */
    Optional<Path> managedMcp() {
        return Optional.of(managed.resolve(MANAGED_MCP)).filter(Files::isRegularFile);
    }

    /** Returns the state that the client itself keeps: login, projects. */
    JsonNode clientState() {
        return clientState;
    }

    Path stateFile() {
        return stateFile;
    }

    Path configuration() {
        return configuration;
    }

    /** Returns the folder in which the client works, without symbolic links, as the client knows it. */
    Path folder() {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    /**
     * Returns the {@code NO_PROXY} variables for settings that overrule these files: the hosts that the files name,
     * otherwise those of the environment, and loopback. Both spellings hold all hosts, because the client reads the
     * lower-case one first.
     */
    public Map<String, String> noProxy(Map<String, String> environment) {
        List<String> hosts = new ArrayList<>();
        for (String name : NoProxy.NAMES) {
            hosts.add(variable(name)
                    .map(entry -> entry.value().asString(""))
                    .orElseGet(() -> environment.getOrDefault(name, "")));
        }
        String all = NoProxy.withLoopback(String.join(",", hosts));
        Map<String, String> values = new TreeMap<>();
        NoProxy.NAMES.forEach(name -> values.put(name, all));
        return values;
    }

    private static void add(List<SettingsFile> files, Scope scope, Path path) {
        if (Files.isRegularFile(path)) {
            files.add(new SettingsFile(scope, path, read(path)));
        }
    }

    private static JsonNode read(Path path) {
        try {
            JsonNode content = JsonMapper.shared().readTree(Files.readString(path));
            return content.isObject() ? content : JsonMapper.shared().createObjectNode();
        } catch (IOException | JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    /** Returns the drop-in files, the strongest first: a later name is stronger. */
    private static List<Path> dropIns(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Path managedFolder(Map<String, String> environment) {
        String named = environment.getOrDefault(MANAGED_VARIABLE, "");
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        return Path.of(!named.isEmpty() ? named : mac ? "/Library/Application Support/ClaudeCode" : "/etc/claude-code");
    }
}
