package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.secret.SecretSettings;
import dev.katra.core.turn.CaptureSettings;
import dev.katra.core.turn.TurnLimits;
import dev.katra.core.upstream.ProxySelection;
import dev.katra.core.wake.WakeSettings;
import dev.katra.gateway.http.FallbackSettings;
import dev.katra.gateway.http.GatewaySettings;
import dev.katra.mcp.server.McpSettings;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Reads what the user may set of the server: the file {@code server.properties} of the home, when the server starts.
 */
final class ServerSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSettings.class);

    /**
     * The records that the server binds. What else Spring Boot could be told, such as the address, is not the user's to
     * set.
     */
    static final List<Class<? extends Record>> RECORDS = List.of(
            GatewaySettings.class,
            FallbackSettings.class,
            McpSettings.class,
            RetentionSettings.class,
            SecretSettings.class,
            CaptureSettings.class,
            TurnLimits.class,
            WakeSettings.class);

    private ServerSettings() {}

    /** Returns all keys that the user may set, in the order of the records. */
    static List<String> keys() {
        return RECORDS.stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()).map(component -> key(type, component)))
                .toList();
    }

    /** Returns the key by which a component of a record is set. */
    static String key(Class<? extends Record> type, RecordComponent component) {
        String prefix = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class))
                .value();
        return prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
    }

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
        List<String> known = keys();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!known.contains(key)) {
                throw Failure.invalid(file + ": the server has no setting \"" + key + "\"")
                        .hint("the settings are " + String.join(", ", known));
            }
            settings.put(key, properties.getProperty(key).strip());
        }
        return settings;
    }
}
