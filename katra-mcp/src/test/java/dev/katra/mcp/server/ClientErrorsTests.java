package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the MCP project's own client makes of the server's refusals. */
@Timeout(120)
class ClientErrorsTests {

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientThatComesUnderAnotherAddressIsToldThatItIsMisdirected() throws Exception {
        String token = server.session("Misdirected").token();
        try (Relay relay = Relay.to(server.port())) {
            assertThat(told(catchThrowable(() -> TestClient.connect(relay.url(), token, Map.of()))))
                    .contains("421");
        }
    }

    @Test
    void aClientOfASessionThatHasEndedIsToldThatItIsNotAuthorized() {
        ClaimedSession session = server.session("Gone");
        try (TestClient client = TestClient.connect(server, session.token())) {
            assertThat(client.answer("katra_whoami", Map.of())).containsEntry("persona", "Gone");
            server.bean(SessionService.class).end(session.session().id(), "stopped");

            assertThat(told(catchThrowable(() -> client.mcp().listTools()))).contains("Authorization error");
        }
    }

    /**
     * The protocol has a server answer 404 for a session of MCP that it does not know, upon which the client initializes
     * again. Katra keeps nothing of such sessions, so one that another server has begun simply goes on.
     */
    @Test
    void aSessionOfMcpThatAnotherServerHasBegunGoesOn() {
        String token = server.session("Stale").token();
        try (TestClient client =
                TestClient.connect(server.url(), token, Map.of("Mcp-Session-Id", "begun-by-another-server"))) {
            assertThat(client.answer("katra_whoami", Map.of())).containsEntry("persona", "Stale");
        }
    }

    private static String told(Throwable thrown) {
        List<String> messages = new ArrayList<>();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            messages.add(each.getMessage());
        }
        return String.join("\n", messages);
    }

    /** Listens on another port and passes on what it is sent, so that the server is named as it is not. */
    private static final class Relay implements AutoCloseable {

        private final ServerSocket listening;
        private final int port;

        private Relay(int port) throws IOException {
            this.listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            this.port = port;
        }

        private static Relay to(int port) throws IOException {
            Relay relay = new Relay(port);
            new Thread(relay::accept).start();
            return relay;
        }

        private String url() {
            return "http://127.0.0.1:" + listening.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = listening.accept();
                    Socket other = new Socket(InetAddress.getLoopbackAddress(), port);
                    new Thread(() -> pass(client, other)).start();
                    new Thread(() -> pass(other, client)).start();
                }
            } catch (IOException e) {
                // it is closed
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // one of them has left
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
