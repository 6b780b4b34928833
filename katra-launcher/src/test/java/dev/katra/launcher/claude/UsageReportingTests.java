package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.launcher.claude.settings.ClaudeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageReportingTests {

    @TempDir
    Path folder;

    @Test
    void sendsLogEventsToTheServerAndKeepsTheTokenOutOfTheSettings() {
        Map<String, String> settings = UsageReporting.settings(URI.create("http://127.0.0.1:3141"));
        Map<String, String> environment = new HashMap<>(Map.of("KATRA_SESSION_TOKEN", "secret"));
        UsageReporting.addToken(environment);

        assertThat(settings)
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:3141/otlp")
                .containsEntry("OTEL_METRICS_EXPORTER", "none");
        assertThat(settings.values()).noneMatch(value -> value.contains("secret"));
        assertThat(environment).containsEntry("OTEL_EXPORTER_OTLP_HEADERS", "X-Katra-Session=secret");
    }

    @Test
    void leavesTelemetryOfTheUsersOwnAlone() throws IOException {
        assertThat(isUsersOwn(Map.of(), Set.of())).isFalse();
        assertThat(isUsersOwn(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://otel.example"), Set.of()))
                .isTrue();
        assertThat(isUsersOwn(Map.of(), Set.of("CLAUDE_CODE_ENABLE_TELEMETRY"))).isTrue();
        assertThat(UserArguments.parse(java.util.List.of("--settings", "{\"env\":{\"OTEL_LOGS_EXPORTER\":\"otlp\"}}"))
                        .settingVariables(folder))
                .containsExactly("OTEL_LOGS_EXPORTER");

        Files.createDirectories(folder.resolve(".claude"));
        Files.writeString(
                folder.resolve(".claude/settings.json"), "{\"env\":{\"OTEL_METRICS_EXPORTER\":\"prometheus\"}}");

        assertThat(isUsersOwn(Map.of(), Set.of())).isTrue();
    }

    private boolean isUsersOwn(Map<String, String> environment, Set<String> passedOn) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", folder.toString());
        all.put("KATRA_MANAGED_SETTINGS", folder.resolve("none").toString());
        return UsageReporting.isUsersOwn(all, ClaudeSettings.of(all, folder.resolve("work")), passedOn);
    }
}
