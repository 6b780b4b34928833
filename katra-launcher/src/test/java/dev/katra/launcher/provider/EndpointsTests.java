package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTests {

    @ParameterizedTest
    @CsvSource({
        "https://host, https://host",
        "https://host/, https://host",
        "https://host/v1, https://host",
        "https://host/v1/, https://host",
        "https://host/api//, https://host/api",
        "https://host/api/v1, https://host/api",
        "https://host/apiv1, https://host/apiv1",
        "katra:/demo, katra:/demo",
    })
    void theBaseIsWhatClaudeCodeAppendsItsPathTo(String endpoint, String base) {
        assertThat(Endpoints.baseUrl(endpoint)).isEqualTo(base);
    }

    @Test
    void aKatraEndpointIsAPathOnTheServer() {
        assertThat(Endpoints.resolve("katra:/demo", "http://127.0.0.1:3141/")).isEqualTo("http://127.0.0.1:3141/demo");
        assertThat(Endpoints.resolve("https://host/x", "http://127.0.0.1:3141")).isEqualTo("https://host/x");
    }
}
