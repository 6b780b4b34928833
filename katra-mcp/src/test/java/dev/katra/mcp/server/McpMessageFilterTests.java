package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.mcp.RunningServer;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import dev.katra.web.client.ClientProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What the server remembers of clients that connect. */
class McpMessageFilterTests {

    private static final ClientProbe PRESENT = new ClientProbe() {
        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void abort() {
            throw new AssertionError("cut off");
        }
    };

    @TempDir
    static Path home;

    static RunningServer server;

    private SessionService sessions;
    private McpMessageFilter filter;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        sessions = server.bean(SessionService.class);
        filter = new McpMessageFilter(sessions, server.bean(SessionWatch.class), server.bean(BodyBudget.class), 1024);
    }

    @Test
    void aClientIsConnectedOnceItAsksForTheTools() throws Exception {
        ClaimedSession session = server.session("Twice");

        send(session, "initialize");
        send(session, "server/discover");
        send(session, "notifications/initialized");
        assertThat(connected(session)).isFalse();
        send(session, "tools/list");
        assertThat(connected(session)).isTrue();
    }

    @Test
    void sessionsThatHaveEndedAreForgotten() throws Exception {
        ClaimedSession staying = server.session("Staying");
        send(staying, "tools/list");
        for (int i = 0; i < 20; i++) {
            ClaimedSession session = server.session("Short");
            send(session, i % 2 == 0 ? "tools/list" : "tools/call");
            sessions.end(session.session().id(), "test");
        }
        ClaimedSession last = server.session("Short");
        send(last, "tools/list");

        assertThat(filter.rememberedSessions()).isEqualTo(2);
    }

    private boolean connected(ClaimedSession session) {
        return sessions.find(session.session().id()).orElseThrow().lifetime().connectedAt() != null;
    }

    private void send(ClaimedSession session, String method) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", SessionContract.MCP_PATH);
        request.addHeader("Authorization", "Bearer " + session.token());
        request.setContent(
                ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}").getBytes(StandardCharsets.UTF_8));
        request.setAttribute(ClientProbe.class.getName(), PRESENT);
        new MockFilterChain(
                        new jakarta.servlet.http.HttpServlet() {
                            @Override
                            protected void doPost(
                                    jakarta.servlet.http.HttpServletRequest asked,
                                    jakarta.servlet.http.HttpServletResponse answer) {
                                // the filters are what is tested
                            }
                        },
                        new SessionFilter(sessions),
                        filter)
                .doFilter(request, new MockHttpServletResponse());
    }
}
