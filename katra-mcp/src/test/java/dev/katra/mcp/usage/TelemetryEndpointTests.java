package dev.katra.mcp.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import dev.katra.mcp.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryEndpointTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    void takesTheRequestsOfAClientAndForgetsWhoTheUserIs() throws Exception {
        ClaimedSession sam = server.session("Sam");
        String body = logs(
                event("hook_registered", Map.of()),
                event(
                        "api_request",
                        Map.of(
                                "user.email", "\"ada@example.org\"",
                                "organization.id", "\"org-secret\"",
                                "request_id", "\"req_1\"",
                                "model", "\"opus\"",
                                "input_tokens", "101",
                                "output_tokens", "\"41\"",
                                "cache_read_tokens", "11",
                                "cache_creation_tokens", "3",
                                "cost_usd_micros", "1241",
                                "ttft_ms", "352")),
                event(
                        "api_request",
                        Map.of(
                                "request_id", "\"req_2\"",
                                "model", "\"opus\"",
                                "input_tokens", "5",
                                "query_source", "\"agent:builtin:general-purpose\"")),
                event("api_error", Map.of("model", "\"opus\"", "event.sequence", "7", "session.id", "\"c\"")));

        assertThat(post(sam, body).statusCode()).isEqualTo(200);
        assertThat(post(sam, body).body()).isEqualTo("{}");

        List<ModelUsage> models = models(sam);
        assertThat(models)
                .extracting(each -> each.task().purpose())
                .containsExactly(Purpose.CONVERSATION, Purpose.SUB_AGENT);
        Usage own = models.get(0).usage();
        assertThat(own.requests().all()).isEqualTo(2);
        assertThat(own.requests().errors()).isOne();
        assertThat(own.tokens()).isEqualTo(new TokenCounts(101, 11, 3, 41));
        assertThat(own.meanFirstToken())
                .hasValueSatisfying(time -> assertThat(time).hasMillis(352));
        assertThat(own.listDollars()).isEmpty(); // the provider is not the one whose list it is
        try (var files = Files.walk(home)) {
            for (Path file :
                    files.filter(each -> each.toString().contains("katra.db")).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain("ada@example.org", "org-secret");
            }
        }
    }

    @Test
    void passesOverAnEventWithoutARequestsIdWhichTheTranscriptTells() throws Exception {
        ClaimedSession dora = server.session("Dora");
        post(dora, logs(event("api_request", Map.of("model", "\"opus\"", "input_tokens", "5"))));
        assertThat(models(dora)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"resourceLogs\":7}",
                "{\"resourceLogs\":[[],{\"scopeLogs\":[null,{\"logRecords\":[{\"attributes\":[{}]}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[{\"key\":\"event.name\"",
                "{\"resourceLogs\":[{\"resourceLogs\":[{\"resourceLogs\":[]}]}]}",
            })
    void answersWhatIsNotInTheForm(String body) throws Exception {
        ClaimedSession session = server.session("Odd" + Integer.toHexString(body.hashCode()));
        assertThat(post(session, body).statusCode()).isEqualTo(200);
        assertThat(models(session)).isEmpty();
    }

    @Test
    void takesNumbersThatAreNone() throws Exception {
        ClaimedSession eve = server.session("Eve");
        post(
                eve,
                logs(event(
                        "api_request",
                        Map.of(
                                "request_id", "\"req_1\"",
                                "model", "\"opus\"",
                                "input_tokens", "-5",
                                "output_tokens", "\"many\"",
                                "cache_read_tokens", "1e300"))));
        assertThat(models(eve).get(0).usage().tokens()).isEqualTo(new TokenCounts(0, 1_000_000_000_000L, 0, 0));
    }

    @Test
    void admitsNobodyWithoutASession() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> post(ClaimedSession session, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri())
                        .header("Content-Type", "application/json")
                        .header(SessionContract.TOKEN_HEADER, session.token())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri() {
        return URI.create(server.url() + SessionContract.LOGS_PATH);
    }

    private static List<ModelUsage> models(ClaimedSession session) {
        return server.bean(UsageService.class).live().stream()
                .filter(each -> each.uid().equals(session.session().uid()))
                .findFirst()
                .orElseThrow()
                .models();
    }

    private static String event(String name, Map<String, String> attributes) {
        String all = attributes.entrySet().stream()
                .map(each -> attribute(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        return "{\"timeUnixNano\":\"1\",\"body\":{\"stringValue\":\"x\"},\"attributes\":["
                + attribute("event.name", "\"" + name + "\"") + ","
                + attribute("event.timestamp", "\"" + Instant.now() + "\"")
                + (all.isEmpty() ? "" : "," + all) + "],\"droppedAttributesCount\":0}";
    }

    private static String attribute(String key, String value) {
        String type = value.startsWith("\"") ? "stringValue" : "intValue";
        return "{\"key\":\"" + key + "\",\"value\":{\"" + type + "\":" + value + "}}";
    }

    private static String logs(String... events) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":["
                + String.join(",", events) + "]}]}]}";
    }
}
