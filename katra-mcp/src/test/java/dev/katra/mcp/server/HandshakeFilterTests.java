package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.RunningServer;
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
class HandshakeFilterTests {

    @TempDir
    static Path home;

    static RunningServer server;

    private SessionService sessions;
    private HandshakeFilter filter;

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
        filter = new HandshakeFilter(sessions);
    }

    @Test
    void aClientIsConnectedOnceItHasShownItsMcpSessionTwice() throws Exception {
        ClaimedSession session = server.session("Twice");

        show(session, "first");
        assertThat(connected(session)).isFalse();
        show(session, "second");
        assertThat(connected(session)).as("each has been shown once").isFalse();
        show(session, "second");
        assertThat(connected(session)).isTrue();
    }

    @Test
    void sessionsThatHaveEndedAreForgotten() throws Exception {
        ClaimedSession staying = server.session("Staying");
        show(staying, "staying");
        show(staying, "staying");
        for (int i = 0; i < 20; i++) {
            ClaimedSession session = server.session("Short");
            show(session, "short-" + i);
            if (i % 2 == 0) {
                show(session, "short-" + i);
            }
            sessions.ended(session.session().id(), "test");
        }
        ClaimedSession last = server.session("Short");
        show(last, "last");

        assertThat(filter.remembered()).isEqualTo(2);
    }

    @Test
    void manyMcpSessionsOfOneSessionAreOneToRemember() throws Exception {
        ClaimedSession session = server.session("Many");
        for (int i = 0; i < 100; i++) {
            show(session, "mcp-" + i);
            show(session, "mcp-" + i);
        }
        assertThat(filter.remembered()).isEqualTo(1);
        assertThat(connected(session)).isTrue();
    }

    private boolean connected(ClaimedSession session) {
        return sessions.find(session.session().id()).orElseThrow().connectedAt() != null;
    }

    private void show(ClaimedSession session, String mcpSession) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", McpServing.PATH);
        request.addHeader("Authorization", "Bearer " + session.token());
        request.addHeader("Mcp-Session-Id", mcpSession);
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
