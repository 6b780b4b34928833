package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HearToolTests {

    @Test
    @Timeout(60)
    void aWaitEndsWhenTheServerStops(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.start(home);
        TestClient client = TestClient.of(server, "Waiting");
        // A thread of its own: the client needs the common pool, which has one thread on a machine with two cores.
        FutureTask<CallToolResult> heard =
                new FutureTask<>(() -> client.call("katra_hear", Map.of("wait_seconds", 300)));
        new Thread(heard, "hearer").start();
        while (server.bean(HeldHears.class).count() == 0) {
            Thread.onSpinWait();
        }

        long start = System.nanoTime();
        server.close();

        // Boot itself gives requests half a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        assertThat(TestClient.text(heard.get(10, TimeUnit.SECONDS))).isEqualTo("nothing new");
    }
}
