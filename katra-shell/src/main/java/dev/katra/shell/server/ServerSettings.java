package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.upstream.ProxySelection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the user may set of the server: the file {@code server.properties} of the home, when the server starts.
 */
final class ServerSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSettings.class);

    /**
     * All keys that the user may set. What else Spring Boot could be told, such as the address, is not the user's to
     * set.
     */
    private static final List<String> KEYS = List.of(
            "katra.gateway.largest-request",
            "katra.gateway.ping",
            "katra.gateway.connect",
            "katra.gateway.answer",
            "katra.gateway.proxy",
            "katra.gateway.no-proxy",
            "katra.mcp.largest-request",
            "katra.room.keep",
            "katra.secrets",
            "katra.wake.turns-per-hour");

    private ServerSettings() {}

    /**
     * Returns the settings: those of the file over what the environment says of a proxy.
     *
     * @throws Failure INVALID naming file and key; UNAVAILABLE if the file cannot be read
     */
    static Map<String, Object> read(KatraHome home, Map<String, String> environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        find(environment, "HTTPS_PROXY", "https_proxy")
                .filter(ServerSettings::isUsableProxy)
                .ifPresent(address -> settings.put("katra.gateway.proxy", address));
        find(environment, "NO_PROXY", "no_proxy").ifPresent(hosts -> settings.put("katra.gateway.no-proxy", hosts));
        settings.putAll(file(home));
        return settings;
    }

    /**
     * Returns whether the gateway can use this proxy. The environment is for other programs too; what only they
     * understand must not keep the server from starting.
     */
    private static boolean isUsableProxy(String proxy) {
        if (!ProxySelection.accepts(proxy)) {
            LOG.warn("the gateway cannot use the proxy in HTTPS_PROXY, and goes without one");
            return false;
        }
        return true;
    }

    private static Optional<String> find(Map<String, String> environment, String... names) {
        return Arrays.stream(names)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static Map<String, Object> file(KatraHome home) {
        Path file = home.root().resolve("server.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + file).hint(Failure.DISK).cause(e);
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!KEYS.contains(key)) {
                throw Failure.invalid(file + ": the server has no setting \"" + key + "\"")
                        .hint("the settings are " + String.join(", ", KEYS));
            }
            settings.put(key, properties.getProperty(key).strip());
        }
        return settings;
    }
}
