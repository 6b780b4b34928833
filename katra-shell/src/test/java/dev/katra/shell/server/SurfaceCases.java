package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.server.RawHttp.Answer;
import dev.katra.shell.testing.ShortFolder;
import dev.katra.shell.testing.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the server refuses, wherever it runs: every refusal has the form of the protocol that it is asked in. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SurfaceCases {

    /** A target of every kind that the server has, and one that it has not. */
    private static final List<String> TARGETS = List.of(
            "GET /health",
            "POST /mcp",
            "GET /mcp",
            "DELETE /mcp",
            "OPTIONS /mcp",
            "POST /hooks/Stop",
            "POST /hooks/wait",
            "POST /hooks/SessionStart",
            "POST /gateway/demo/v1/messages",
            "POST /gateway/demo/v1/messages/count_tokens",
            "GET /gateway/demo/v1/models",
            "GET /gateway/demo/api/hello",
            "POST /demo/v1/messages",
            "OPTIONS /health",
            "GET /nothing");

    /** Those of them that belong to a session. */
    private static final List<String> OF_A_SESSION = TARGETS.stream()
            .filter(target -> target.matches(".* /(mcp|hooks|gateway|demo)\\b.*"))
            .toList();

    private @Nullable TestedServer server;
    private @Nullable StandIn session;
    private @Nullable StandIn ended;

    /** Starts the server over the home in this folder. */
    abstract TestedServer server(Path folder) throws Exception;

    @BeforeAll
    void start(@TempDir(factory = ShortFolder.class) Path folder) throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            session = StandIn.begin(store, "Ann", folder, WakePolicy.NEVER);
            ended = StandIn.begin(store, "Eve", folder, WakePolicy.NEVER);
            store.sessions().end(ended.id(), "stopped");
        }
        server = server(folder);
    }

    @AfterAll
    void stop() throws Exception {
        Stream.of(session, ended).forEach(SurfaceCases::end);
        if (server != null) {
            server.stop();
        }
    }

    private static void end(@Nullable StandIn session) {
        if (session != null) {
            session.process().destroyForcibly();
        }
    }

    private TestedServer server() {
        assertThat(server).isNotNull();
        return server;
    }

    private String token() {
        assertThat(session).isNotNull();
        return session.token();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "GET",
                "GET /health HTTP/9.9",
                "G\0T /health HTTP/1.1",
                "GET /<health> HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /a%2fb HTTP/1.1",
                "GET /../../health HTTP/1.1",
                "GET http://[::1 HTTP/1.1",
                "GET http://elsewhere/health HTTP/1.1",
                "GET /nothing HTTP/1.1",
                "PUT /health HTTP/1.1",
                "TRACE /health HTTP/1.1",
                "GET /health HTTP/1.1\r\nHost: elsewhere",
                "GET /health HTTP/1.1\r\nHost: a b",
                "GET /health HTTP/1.1\r\nHost: {",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: b",
                "GET /health HTTP/1.1\r\nOrigin: https://elsewhere",
                "GET /health HTTP/1.1\r\nno colon",
                "GET /health HTTP/1.1\r\nContent-Length: many",
                "GET /health HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
                "GET /health HTTP/1.1\r\nTransfer-Encoding: nonsense",
                "GET /health HTTP/1.1\r\nExpect: nonsense\r\nContent-Length: 1",
                "POST /hooks/Stop HTTP/1.1\r\nContent-Length: 0",
                "POST /hooks/wait HTTP/1.1\r\nContent-Length: 0"
            })
    void anErrorIsJson(String head) throws IOException {
        Answer answer = onLoopback(head);
        assertThat(answer.status()).isBetween(400, 505).isNotEqualTo(500);
        assertThat(answer.json().propertyNames()).containsExactly("error");
    }

    @Test
    void headersThatAreTooLargeAreRefusedAsJson() throws IOException {
        for (String head : List.of(
                "GET /health HTTP/1.1\r\nX: " + "x".repeat(100_000), "GET /" + "x".repeat(100_000) + " HTTP/1.1")) {
            Answer answer = onLoopback(head);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().propertyNames()).containsExactly("error");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /mcp HTTP/1.1\r\nContent-Length: 0",
                "GET /mcp HTTP/1.1",
                "PUT /mcp HTTP/1.1",
                "POST /gateway/x/v1/messages HTTP/1.1\r\nContent-Length: 0",
                "GET /gateway/x/nothing HTTP/1.1",
                "POST /demo/v1/messages HTTP/1.1\r\nContent-Length: 0"
            })
    void aProtocolsEndpointRefusesInItsForm(String head) throws IOException {
        Answer answer = onLoopback(head);
        assertThat(answer.status()).isBetween(400, 499);
        assertForm(head, answer);
    }

    /** What a page in a browser sends whose name was made to mean this machine, even with a session's token. */
    @Test
    void noRequestPassesUnderAnotherHost() throws IOException {
        int port = server().uri().getPort();
        for (String host : List.of(
                "elsewhere",
                "127.0.0.1",
                "localhost",
                "127.0.0.1:1",
                "0.0.0.0:" + port,
                "127.0.0.2:" + port,
                "elsewhere:" + port,
                "localhost.:" + port,
                "127.0.0.1.elsewhere:" + port)) {
            assertRefused(421, "Host: " + host, "Host: " + host);
        }
        assertRefused(421, "Host: katra", "Host: localhost:" + port);
        assertRefused(421, "Host:", "Host:");
    }

    /** What a page of somewhere else sends, or one that hides where it is from, even with a session's token. */
    @Test
    void noRequestPassesFromAnotherOrigin() throws IOException {
        int port = server().uri().getPort();
        String onLoopback = "Host: 127.0.0.1:" + port + "\r\n";
        String onSocket = "Host: katra\r\n";
        for (String origin : List.of(
                "https://elsewhere",
                "null",
                "http://127.0.0.1",
                "http://localhost:1",
                "https://127.0.0.1:" + port,
                "http://127.0.0.1:" + port + ".elsewhere",
                "http://elsewhere:" + port,
                "127.0.0.1:" + port,
                "file://",
                "")) {
            assertRefused(403, onLoopback + "Origin: " + origin, onSocket + "Origin: " + origin);
        }
        assertRefused(
                403,
                onLoopback + "Origin: http://127.0.0.1:" + port + "\r\nOrigin: https://elsewhere",
                onSocket + "Origin: http://katra\r\nOrigin: https://elsewhere");
    }

    @Test
    void aRequestPassesUnderTheServersOwnNames() throws IOException {
        int port = server().uri().getPort();
        for (String own : List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port)) {
            assertThat(onLoopback("GET /health HTTP/1.1\r\nHost: " + own).status())
                    .isEqualTo(200);
            assertThat(onLoopback("GET /health HTTP/1.1\r\nHost: " + own + "\r\nOrigin: http://" + own)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(onHookSocket("GET /health HTTP/1.1\r\nHost: katra").status()).isEqualTo(200);
    }

    @Test
    void noRequestPassesWithoutTheTokenOfALiveSession() throws IOException {
        assertThat(ended).isNotNull();
        for (String credentials : List.of(
                credentials("nonsense"),
                credentials(""),
                credentials(ended.token()),
                credentials(token() + "x"),
                "Authorization: Basic " + token(),
                "Authorization: " + token(),
                "Cookie: token=" + token())) {
            for (String target : OF_A_SESSION) {
                Answer answer =
                        onLoopback(target + "?token=" + token() + " HTTP/1.1\r\nContent-Length: 0\r\n" + credentials);
                assertThat(answer.status()).as("%s, %s", target, credentials).isEqualTo(401);
                assertForm(target, answer);
            }
        }
    }

    @Test
    void theModelsKeyIsNoTokenAndTheTokensHeaderIsForModelsOnly() throws IOException {
        for (String target : OF_A_SESSION) {
            boolean model = target.contains("/gateway/") || target.contains("/demo/");
            Answer answer = onLoopback(target + " HTTP/1.1\r\nContent-Length: 0\r\n"
                    + (model ? "Authorization: Bearer " : "X-Katra-Session: ") + token());
            assertThat(answer.status()).as(target).isEqualTo(401);
            assertForm(target, answer);
        }
    }

    @Test
    void aSessionsTokenOpensNothingOnThePrivateSocket() throws IOException {
        OwnersSocket socket = new OwnersSocket(server().home());
        for (String secret : List.of(token(), "", "nonsense")) {
            for (Answer answer : socket.asked(secret, token())) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body()).isEmpty();
            }
        }
    }

    @Test
    void noSessionRunsACommandOfTheOwner() throws IOException {
        OwnersSocket socket = new OwnersSocket(server().home());
        assertThat(OwnersSocket.ownersCommands()).hasSizeGreaterThan(20);
        for (String command : OwnersSocket.ownersCommands()) {
            String said = "katra: katra " + command + " is for the person who owns this Katra";
            for (String form : List.of("listed", "whole")) {
                assertThat(socket.said(form, command, token())).as(command).contains(said, "X-Katra-End: 2");
            }
        }
    }

    private void assertRefused(int status, String onLoopback, String onSocket) throws IOException {
        for (String target : TARGETS) {
            String begin = target + " HTTP/1.1\r\nContent-Length: 0\r\n" + credentials(token()) + "\r\n";
            assertRefused(status, target, onLoopback, onLoopback(begin + onLoopback));
            assertRefused(status, target, onSocket, onHookSocket(begin + onSocket));
        }
    }

    private static void assertRefused(int status, String target, String headers, Answer answer) {
        assertThat(answer.status()).as("%s, %s", target, headers).isEqualTo(status);
        assertThat(answer.head())
                .contains("x-content-type-options: nosniff", "cache-control: no-store")
                .doesNotContain("access-control-");
        assertForm(target, answer);
    }

    private static void assertForm(String target, Answer answer) {
        JsonNode body = answer.json();
        if (target.contains(" /mcp")) {
            assertThat(body.at("/jsonrpc").asString()).isEqualTo("2.0");
            assertThat(body.at("/error/code").asInt()).isEqualTo(-32600);
            assertThat(body.at("/error/message").asString()).isNotEmpty();
        } else if (target.contains(" /gateway/") || target.contains(" /demo/")) {
            assertThat(body.at("/type").asString()).isEqualTo("error");
            assertThat(body.at("/error/type").asString()).endsWith("_error");
            assertThat(answer.head()).contains("x-should-retry: false");
        } else {
            assertThat(body.propertyNames()).containsExactly("error");
        }
    }

    private static String credentials(String token) {
        return "Authorization: Bearer " + token + "\r\nX-Katra-Session: " + token;
    }

    /** Sends this request line and these headers, and a Host if they have none. */
    private Answer onLoopback(String head) throws IOException {
        int port = server().uri().getPort();
        return RawHttp.ask(port, whole(head, "127.0.0.1:" + port));
    }

    private Answer onHookSocket(String head) throws IOException {
        return RawHttp.ask(server().home().hookSocket(), whole(head, "katra"));
    }

    private static String whole(String head, String host) {
        return head + (head.contains("Host:") ? "" : "\r\nHost: " + host) + "\r\nConnection: close\r\n\r\n";
    }
}
