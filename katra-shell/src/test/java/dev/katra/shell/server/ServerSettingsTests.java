package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.secret.SecretSettings;
import dev.katra.core.turn.CaptureSettings;
import dev.katra.core.turn.TurnLimits;
import dev.katra.core.wake.WakeSettings;
import dev.katra.gateway.http.FallbackSettings;
import dev.katra.gateway.http.GatewaySettings;
import dev.katra.mcp.server.McpSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.unit.DataSize;

class ServerSettingsTests {

    @TempDir
    private Path home;

    private Map<String, Object> read(Map<String, String> environment) {
        return ServerSettings.read(new KatraHome(home), environment);
    }

    @Test
    void takesTheProxyOfTheEnvironmentUnlessTheFileNamesAnother() throws Exception {
        Map<String, String> environment = Map.of("https_proxy", "http://proxy:99", "NO_PROXY", ".corp");
        assertThat(read(environment))
                .isEqualTo(Map.of("katra.gateway.proxy", "http://proxy:99", "katra.gateway.no-proxy", ".corp"));
        Files.writeString(home.resolve("server.properties"), "katra.gateway.proxy = http://other:88 \n");
        assertThat(read(environment)).containsEntry("katra.gateway.proxy", "http://other:88");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://127.0.0.1:1080", "http://my_proxy:99"})
    void aProxyThatOnlyOtherProgramsUnderstandIsLeftAside(String proxy) {
        assertThat(read(Map.of("HTTPS_PROXY", proxy))).isEmpty();
    }

    @Test
    void everyRecordThatIsBoundCanBeSet() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));

        assertThat(scanner.findCandidateComponents("dev.katra"))
                .extracting(BeanDefinition::getBeanClassName)
                .filteredOn(name -> !String.valueOf(name).endsWith(".ProviderProperties")) // in providers.conf
                .containsExactlyInAnyOrderElementsOf(
                        ServerSettings.RECORDS.stream().map(Class::getName).toList());
    }

    @Test
    void everySettingOfTheFileReachesItsRecord() throws Exception {
        Map<String, String> set = new TreeMap<>(Map.of(
                "katra.gateway.largest-request", "7MB",
                "katra.gateway.ping", "3s",
                "katra.gateway.connect", "4s",
                "katra.gateway.answer", "5m",
                "katra.gateway.silence", "6m",
                "katra.gateway.judge", "9s",
                "katra.gateway.proxy", "http://other:88",
                "katra.gateway.no-proxy", ".corp",
                "katra.mcp.largest-request", "300KB",
                "katra.room.keep", "90d"));
        set.putAll(Map.of("katra.gateway.fallback.pause", "7s", "katra.gateway.fallback.longest-pause", "8m"));
        set.putAll(Map.of("katra.secrets", "keep", "katra.wake.turns-per-hour", "7"));
        set.putAll(Map.of("katra.capture", "team", "katra.turns.keep", "30d", "katra.turns.size", "5MB"));
        assertThat(set).containsOnlyKeys(ServerSettings.keys());
        Files.writeString(
                home.resolve("server.properties"),
                set.entrySet().stream()
                        .map(each -> each.getKey() + " = " + each.getValue() + "\n")
                        .collect(Collectors.joining()));

        Binder binder = new Binder(new MapConfigurationPropertySource(read(Map.of())));

        assertThat(bound(binder, GatewaySettings.class))
                .isEqualTo(new GatewaySettings(
                        DataSize.ofMegabytes(7),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(6),
                        Duration.ofSeconds(9),
                        "http://other:88",
                        ".corp"));
        assertThat(bound(binder, FallbackSettings.class))
                .isEqualTo(new FallbackSettings(Duration.ofSeconds(7), Duration.ofMinutes(8)));
        assertThat(bound(binder, McpSettings.class)).isEqualTo(new McpSettings(DataSize.ofKilobytes(300)));
        assertThat(bound(binder, RetentionSettings.class)).isEqualTo(new RetentionSettings(Duration.ofDays(90)));
        assertThat(bound(binder, SecretSettings.class)).isEqualTo(new SecretSettings(SecretSettings.Handling.KEEP));
        assertThat(bound(binder, CaptureSettings.class)).isEqualTo(new CaptureSettings(CaptureSettings.Capture.TEAM));
        assertThat(bound(binder, TurnLimits.class))
                .isEqualTo(new TurnLimits(Duration.ofDays(30), DataSize.ofMegabytes(5)));
        assertThat(bound(binder, WakeSettings.class)).isEqualTo(new WakeSettings(7));
    }

    private static <T> T bound(Binder binder, Class<T> type) {
        return binder.bind(
                        Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class))
                                .value(),
                        type)
                .get();
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        Files.writeString(home.resolve("server.properties"), "server.address=0.0.0.0\n");
        assertThatThrownBy(() -> read(Map.of())).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.hint().orElse(""))
                .contains("katra.gateway.largest-request"));
    }
}
