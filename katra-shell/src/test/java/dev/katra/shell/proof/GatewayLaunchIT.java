package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session of the real Claude Code on an endpoint of the OpenAI format: how it is started, traced and resumed. */
@Timeout(180)
class GatewayLaunchIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final String OPENAI_KEY = "sk-openai-0123456789-private";
    private static final String GROQ_KEY = "gsk-groq-0123456789-private";

    /** What came in, with the header that holds the key. */
    private record Asked(String path, String authorization, JsonNode body) {
        List<String> tools() {
            return body.path("tools").values().stream()
                    .map(tool -> tool.path("name").asString(""))
                    .toList();
        }
    }

    private static final List<Asked> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private static HttpServer endpoint;

    @BeforeAll
    static void serve() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", GatewayLaunchIT::answer);
        endpoint.start();
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort();
        world.export("OPENAI_API_KEY", OPENAI_KEY);
        world.export("KATRA_OPENAI_ENDPOINT", url + "/openai/v1/");
        world.export("GROQ_API_KEY", GROQ_KEY);
        world.export("KATRA_GROQ_ENDPOINT", url + "/groq/v1");
        world.export("KATRA_GROQ_PROTOCOL", "openai-responses");
    }

    @AfterAll
    static void end() {
        endpoint.stop(0);
    }

    @Test
    void isTracedWithoutItsKeyAndResumedOnAnotherProvider() throws IOException {
        ProcessResult start = start("Sam", "openai", "--trace");

        assertThat(start.ok()).as(start.stderr()).isTrue();
        await("the request").atMost(KatraWorld.PATIENCE).until(() -> !asked.isEmpty());
        Asked first = asked.get(0);
        assertThat(first.path()).isEqualTo("/openai/v1/responses");
        assertThat(first.authorization()).isEqualTo("Bearer " + OPENAI_KEY);
        assertThat(first.body().path("model").asString("")).isEqualTo("gpt-6.1-sol");
        assertThat(first.body().path("max_output_tokens").asInt()).isEqualTo(128_000);
        assertThat(first.tools()).contains("WebSearch", "mcp__katra__katra_say").doesNotContain("ToolSearch");
        Path trace = traceIn(start.stderr());
        await("the trace").atMost(KatraWorld.PATIENCE).until(() -> names(trace).size() >= 4);
        assertThat(names(trace)).allMatch(name -> !text(trace.resolve(name)).contains(OPENAI_KEY));
        assertThat(names(trace)).anyMatch(name -> text(trace.resolve(name)).contains("hello from the endpoint"));

        world.done("stop", "Sam");
        assertThat(names(trace)).isNotEmpty();
        assertThat(names(trace.resolve(".."))).containsExactly("trace");

        asked.clear();
        ProcessResult resume = world.katra("resume", "Sam", "--provider", "groq", "--prompt", "go on", "-b");
        assertThat(resume.ok()).as(resume.stderr()).isTrue();
        assertThat(resume.stderr())
                .contains("the conversation was held with openai, whose thinking groq cannot read; the gateway leaves");
        await("the request of the resumed").atMost(KatraWorld.PATIENCE).until(() -> !asked.isEmpty());
        assertThat(asked.get(0).authorization()).isEqualTo("Bearer " + GROQ_KEY);
        assertThat(asked.get(0).body().path("input").toString()).contains("hello there", "go on");
        assertThat(asked.get(0).tools()).contains("WebFetch").doesNotContain("WebSearch");
    }

    @Test
    void aTraceNeedsTheGateway() {
        ProcessResult refused = start("Tracy", "demo", "--trace");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stderr())
                .contains("the gateway writes the trace, and this session would take the route direct")
                .contains("hint: add --route gateway, or leave --trace out");
        assertThat(world.personas("list")).doesNotContain("Tracy");
    }

    private static ProcessResult start(String persona, String provider, String more) {
        return world.katra(
                "start",
                "--persona",
                persona,
                "--provider",
                provider,
                "--isolated",
                "-b",
                more,
                "--prompt",
                "hello there");
    }

    private static Path traceIn(String stderr) {
        String line = stderr.lines()
                .filter(each -> each.startsWith("katra: requests and answers are written, without keys, to "))
                .findFirst()
                .orElseThrow();
        return Path.of(line.substring(line.indexOf('/'), line.indexOf(", which Katra keeps")));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                JsonMapper.shared().readTree(body)));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("""
                data: {"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]}}

                data: {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m1","role":"assistant","content":[]}}

                data: {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"hello from the endpoint"}

                data: {"type":"response.output_item.done","output_index":0,"item":{"type":"message","id":"m1","role":"assistant","content":[{"type":"output_text","text":"hello from the endpoint"}]}}

                data: {"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[],"usage":{"input_tokens":100,"output_tokens":5}}}

                """.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }
}
