package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Rule;
import dev.katra.gateway.mock.Vendor;
import dev.katra.mcp.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the model does not get is told to it and, once in a session, to the person in front of it. */
@Timeout(60)
class OmissionNoticesTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();

    @TempDir
    static Path home;

    private static RunningServer server;

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
        mock.answering(asked -> Answer.text("fine"));
    }

    @AfterEach
    void stopMock() {
        mock.close();
    }

    private GatewayClient client(Protocol protocol, String quirks) {
        return GatewayClient.of(
                server, "P" + PERSONAS.incrementAndGet(), upstream(mock.url(), protocol, quirks, "", ""));
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void aDocumentThatIsNotHandedOnIsTold(Protocol protocol) throws Exception {
        GatewayClient client = client(protocol, "");
        assertThat(stop(client)).isEmpty();
        assertThat(text(client.post(document()))).isEqualTo("fine");
        assertThat(mock.asked().get(0).body().toString())
                .contains("document report.pdf omitted", "nothing of it has been read")
                .doesNotContain("QkJCQg");
        assertThat(stop(client)).contains("does not see report.pdf", "mock is not known to take it");
        client.post(document());
        assertThat(stop(client)).as("once in a session").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void aDocumentThatIsHandedOnIsNotTold(Protocol protocol) throws Exception {
        GatewayClient client = client(protocol, "files");
        assertThat(text(client.post(document()))).isEqualTo("fine");
        assertThat(mock.asked().get(0).body().toString()).contains("data:application/pdf;base64,QkJCQg");
        assertThat(stop(client)).isEmpty();
        mock.assertNothingRejected();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-documents |",
                "'' | 'messages[2].content: unknown variant `document`, expected one of `text`, `image`'",
                "'' | {\"type\":\"literal_error\",\"msg\":\"Input should be 'text' or 'image'\",\"input\":\"document\"}"
            })
    void anEndpointOfTheClientsFormatThatTakesNoDocumentsGetsNone(String quirks, @Nullable String refusal)
            throws Exception {
        GatewayClient client = GatewayClient.of(
                server,
                "P" + PERSONAS.incrementAndGet(),
                upstream(mock.anthropicUrl(), Protocol.ANTHROPIC, quirks, "", ""));
        if (refusal == null) {
            mock.vendor(Vendor.ANY.with(Rule.NO_DOCUMENTS));
        } else {
            mock.replyTo(
                    asked -> asked.body().toString().contains("\"document\""), Answer.error(400, "invalid", refusal));
        }
        mock.answering(asked -> Answer.text("fine"));
        assertThat(text(client.post(document()))).isEqualTo("fine");
        assertThat(text(client.post(document()))).isEqualTo("fine");
        assertThat(mock.asked()).hasSize(refusal == null ? 2 : 3);
        ModelInput last = mock.asked().get(mock.asked().size() - 1);
        assertThat(last.body().toString())
                .contains("document report.pdf omitted", "a plain note")
                .doesNotContain("QkJCQg", "\"document\"");
        assertThat(stop(client)).contains("does not see report.pdf", "no-documents");
        assertThat(stop(client)).as("once in a session").isEmpty();
    }

    @Test
    void toolsThatAreNotOfferedAreTold() throws Exception {
        GatewayClient client = client(Protocol.OPENAI_CHAT, "");
        ObjectNode body = says("hello");
        var tools = body.putArray("tools");
        for (int i = 0; i < 200; i++) {
            tools.addObject()
                    .put("name", "mcp__s__t" + i)
                    .putObject("input_schema")
                    .put("type", "object");
        }
        client.post(body);
        client.post(body);
        assertThat(mock.asked().get(0).tools()).hasSize(128);
        assertThat(stop(client)).contains("mock takes 128 tools; 72 of this session", "mcp__s__t128", "and 64 more");
        assertThat(stop(client)).isEmpty();
    }

    @Test
    void aLimitThatWasLearnedIsTold() throws Exception {
        mock.answering(asked -> asked.body().path("max_tokens").asInt(0) > 3_000
                ? Answer.error(400, "invalid_request", "max_tokens is too large: 8000, at most 3000")
                : Answer.text("fine"));
        GatewayClient client = client(Protocol.OPENAI_CHAT, "");
        client.post(says("hello").put("max_tokens", 32_000));
        assertThat(stop(client)).contains("MOCK_MAX_OUTPUT_TOKENS=3000");
    }

    private static ObjectNode document() {
        ObjectNode body = says("what is in it?");
        var content =
                body.path("messages").asArray().addObject().put("role", "user").putArray("content");
        ObjectNode document = content.addObject().put("type", "document").put("title", "report.pdf");
        document.putObject("source")
                .put("type", "base64")
                .put("media_type", "application/pdf")
                .put("data", "QkJCQg==");
        content.addObject()
                .put("type", "document")
                .putObject("source")
                .put("type", "text")
                .put("media_type", "text/plain")
                .put("data", "a plain note");
        return body;
    }

    /** What the client shows the person at the end of a turn. */
    private static String stop(GatewayClient client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/hooks/Stop"))
                .header("Authorization", "Bearer " + client.session().token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return JsonMapper.shared()
                .readTree(client.send(request).body())
                .path("systemMessage")
                .asString("");
    }
}
