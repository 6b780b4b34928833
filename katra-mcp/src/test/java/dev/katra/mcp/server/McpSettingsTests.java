package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class McpSettingsTests {

    @Test
    void defaults() {
        assertThat(bound(Map.of())).isEqualTo(new McpSettings(DataSize.ofKilobytes(512)));
    }

    @Test
    void everySettingIsRead() {
        assertThat(bound(Map.of("katra.mcp.largest-request", "1MB")))
                .isEqualTo(new McpSettings(DataSize.ofMegabytes(1)));
    }

    private static McpSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("katra.mcp", McpSettings.class);
    }
}
