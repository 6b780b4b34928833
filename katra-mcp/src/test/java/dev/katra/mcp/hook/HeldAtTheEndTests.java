package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.mcp.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops lets those go who wait for its answers. */
@Timeout(60)
class HeldAtTheEndTests {

    @Test
    void waitersAndStartsAreAnsweredAtOnce(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.start(home);
        HookClient sam = new HookClient(server, "Sam");
        server.bean(SessionService.class).changeState(sam.session(), SessionState.IDLE);
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{}");
        CompletableFuture<HttpResponse<String>> start = sam.begin("SessionStart", "{\"source\":\"startup\"}");
        HookClient.until(() -> server.bean(StartHook.class).count() == 1);

        long since = System.nanoTime();
        server.close();

        // Boot itself gives requests half a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
        assertThat(waiter.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        assertThat(HookClient.context(start.get(1, TimeUnit.SECONDS).body())).startsWith("You are Sam");
    }

    @Test
    void aStartIsAnsweredWhenItsClientIsConnected(@TempDir Path home) throws Exception {
        try (RunningServer server = RunningServer.start(home)) {
            HookClient sam = new HookClient(server, "Sam");
            CompletableFuture<HttpResponse<String>> start = sam.begin("SessionStart", "{\"source\":\"startup\"}");
            HookClient.until(() -> server.bean(StartHook.class).count() == 1);

            server.bean(SessionService.class).recordConnection(sam.session());

            assertThat(HookClient.context(start.get(5, TimeUnit.SECONDS).body()))
                    .startsWith("You are Sam");
            HookClient.until(() -> server.bean(StartHook.class).count() == 0);
        }
    }
}
