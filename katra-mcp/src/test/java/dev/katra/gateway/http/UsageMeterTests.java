package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.KEY;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Tokens;
import dev.katra.mcp.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What remains of requests when they are over: counts, traces, and no key. */
@Timeout(60)
class UsageMeterTests {

    @TempDir
    static Path home;

    private static RunningServer server;
    private static int personas;

    private MockUpstream mock;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startMock() {
        mock = MockUpstream.start();
    }

    @AfterEach
    void stopMock() {
        mock.close();
    }

    private GatewayClient client(Upstream upstream) {
        return GatewayClient.of(server, "P" + ++personas, upstream);
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = Mode.EXCLUDE)
    void countsWhatASessionUses(Protocol protocol) throws Exception {
        GatewayClient client = client(upstream(mock.url(), protocol, "", "", "big=2/10/0.5"));
        mock.reply(
                Answer.text("one").taking(new Tokens(1000, 400, 10, 0)),
                Answer.text("two").taking(new Tokens(500, 0, 20, 0)),
                Answer.error(500, "server_error", "broken"));
        client.post(streamed("a"));
        client.post(says("b"));
        client.post(says("c"));
        await().untilAsserted(() -> SessionTotals.of(client)
                .hasRequests(3, 1)
                .hasTokens(1100, 400, 0, 30)
                .hasCost(1100 * 2_000 + 400 * 500 + 30 * 10_000)
                .hasFirstToken());
    }

    @Test
    void doesNotTakeAnUnknownPriceForNothing() throws Exception {
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_CHAT, "", "", "small=1/1"));
        mock.reply(Answer.text("one"), Answer.text("two"));
        client.post(says("a"));
        client.post(says("b").put("model", "small"));
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(2, 0));
        assertThat(SessionTotals.of(client).usage().cost().unpriced()).isEqualTo(1);
    }

    @Test
    void tracesASessionThatAsksForIt() throws Exception {
        Upstream plain = upstream(mock.url(), Protocol.OPENAI_CHAT);
        GatewayClient client = client(new Upstream(
                0,
                plain.endpoint(),
                plain.protocol(),
                new KeySource(KeyHeader.BEARER, "K"),
                new EndpointModels("big", null, null, null),
                new TokenLimits(0, 0),
                EndpointSettings.NONE,
                true));
        mock.reply(Answer.text("an answer"), Answer.error(401, "invalid_api_key", "no such key: " + KEY));
        assertThat(text(client.post(streamed("my key is " + KEY)))).isEqualTo("an answer");
        client.post(streamed("again"));
        Path folder =
                new KatraHome(home).session(client.session().session().uid()).resolve("trace");
        await().untilAsserted(() -> assertThat(files(folder)).hasSize(8));
        List<Path> files = files(folder);
        assertThat(Files.readString(files.get(0))).contains("my key is [key]", "\"stream\":true");
        assertThat(Files.readString(files.get(1))).contains("my key is [key]", "stream_options");
        assertThat(Files.readString(files.get(2))).startsWith("status 200\n\n").contains("[DONE]");
        assertThat(Files.readString(files.get(3))).contains("event: message_stop");
        assertThat(Files.readString(files.get(6))).startsWith("status 401\n\n").contains("no such key: [key]");
        for (Path file : files) {
            assertThat(Files.readString(file))
                    .doesNotContain(KEY, client.session().token());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingOfARequestIsKept() throws Exception {
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_CHAT));
        String said = "a sentence that nobody writes down";
        mock.reply(
                Answer.text("an answer that nobody writes down"), Answer.error(500, "server_error", "broken: " + KEY));
        client.post(streamed(said));
        client.post(streamed(said));
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(2, 1));
        for (Path file : files(home)) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(content.contains(KEY)).as(file.toString()).isFalse();
            assertThat(content.contains("nobody writes down"))
                    .as(file.toString())
                    .isFalse();
        }
        assertThat(files(home)).isNotEmpty();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
