package dev.katra.gateway.http;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.mcp.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of one session's gateway, as Claude Code is one. */
final class GatewayClient {

    static final String KEY = "sk-test-0123456789abcdef";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningServer server;
    private final String provider;
    private final ClaimedSession session;
    private final Map<String, String> fallbackKeys = new TreeMap<>();

    private GatewayClient(RunningServer server, String provider, ClaimedSession session) {
        this.server = server;
        this.provider = provider;
        this.session = session;
    }

    /** The client of a new session behind this endpoint. */
    static GatewayClient of(RunningServer server, String persona, Upstream upstream) {
        return new GatewayClient(server, "mock", server.session(persona, "mock", upstream));
    }

    /** An endpoint without limits, quirks and prices. */
    static Upstream upstream(String endpoint, Protocol protocol) {
        return upstream(endpoint, protocol, "", "", "");
    }

    static Upstream upstream(String endpoint, Protocol protocol, String quirks, String efforts, String prices) {
        return new Upstream(
                0,
                endpoint,
                protocol,
                new KeySource(KeyHeader.BEARER, "MOCK_API_KEY"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(100_000, 8_000),
                new EndpointSettings(quirks, efforts, prices, ""),
                false);
    }

    /** Sends this key for a fallback with each request from now on. */
    GatewayClient withFallbackKey(String fallback, String key) {
        fallbackKeys.put("X-Katra-Fallback-Key-" + fallback, key);
        return this;
    }

    ClaimedSession session() {
        return session;
    }

    RunningServer server() {
        return server;
    }

    /** A request that says one thing. */
    static ObjectNode says(String text) {
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("model", "big").put("max_tokens", 1000);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    static ObjectNode streamed(String text) {
        return says(text).put("stream", true);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/gateway/" + provider + path))
                .header("X-Katra-Session", session.token())
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .header("anthropic-version", "2023-06-01")
                .header("anthropic-beta", "some-beta-2026-01-01")
                .header("x-claude-code-session-id", "c0ffee");
        fallbackKeys.forEach(request::header);
        return request;
    }

    HttpResponse<String> post(JsonNode body) throws IOException, InterruptedException {
        return send(request("/v1/messages?beta=true")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends without waiting for more than the beginning of the answer. */
    HttpResponse<InputStream> open(JsonNode body) throws IOException, InterruptedException {
        return http.send(
                request("/v1/messages?beta=true")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpClient http() {
        return http;
    }

    /** The text of an answer, streamed or whole. */
    static String text(HttpResponse<String> answer) {
        if (answer.headers().firstValue("content-type").orElse("").contains("json")) {
            return json(answer).path("content").path(0).path("text").asString("");
        }
        StringBuilder text = new StringBuilder();
        for (String line : answer.body().split("\n", -1)) {
            if (line.startsWith("data: ")) {
                text.append(JsonMapper.shared()
                        .readTree(line.substring(6))
                        .path("delta")
                        .path("text")
                        .asString(""));
            }
        }
        return text.toString();
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /** The error's type and message. */
    static Map.Entry<String, String> error(HttpResponse<String> answer) {
        JsonNode error = json(answer).path("error");
        return Map.entry(error.path("type").asString(""), error.path("message").asString(""));
    }

    static @Nullable String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    /** Reads on until this text has come; fails at the end of the answer. */
    static String readUntil(InputStream stream, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (read.indexOf(text) < 0) {
            int length = stream.read(buffer);
            if (length < 0) {
                throw new AssertionError("the answer ended without \"" + text + "\":\n" + read);
            }
            read.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
        return read.toString();
    }
}
