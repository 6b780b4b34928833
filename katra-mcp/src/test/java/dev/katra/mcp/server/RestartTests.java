package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTests {

    @Test
    void aSessionGoesOnWithItsTokenAndSaysNothingTwice(@TempDir Path home) {
        Map<String, Object> hello = Map.of("message", "hello");
        int port;
        String token;
        CallToolResult before;
        try (RunningServer first = RunningServer.start(home)) {
            port = first.port();
            token = first.session("Patient").token();
            try (TestClient client = TestClient.connect(first, token)) {
                before = client.call("katra_say", hello, "toolu_1");
            }
        }
        try (RunningServer second = RunningServer.start(home, port);
                TestClient client = TestClient.connect(second, token)) {
            assertThat(client.call("katra_say", hello, "toolu_1").structuredContent())
                    .isEqualTo(before.structuredContent());
            assertThat(client.answer("katra_whoami", Map.of())).containsEntry("persona", "Patient");
        }
    }
}
