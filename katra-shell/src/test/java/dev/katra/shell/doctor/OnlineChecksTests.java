package dev.katra.shell.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.Agents;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an endpoint on loopback; no test asks anyone else. */
class OnlineChecksTests {

    private static final String KEY = "sk-very-private-0123456789";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What the endpoint answers, by method and path; everything else is not there. */
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> variables = new TreeMap<>();

    @TempDir
    Path home;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        variables.put("OPENAI_API_KEY", KEY);
        variables.put("ANTHROPIC_API_KEY", KEY);
        variables.put("DEEPSEEK_API_KEY", KEY);
        variables.put("KATRA_OPENAI_ENDPOINT", url("/v1/"));
        variables.put("KATRA_ANTHROPIC_ENDPOINT", url(""));
        variables.put("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", url("/anthropic"));
    }

    @AfterEach
    void end() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anOpenAiFormatEndpointIsAskedForItsModelsWithTheKey() {
        answers.put("GET /v1/models", new Answer(200, "{\"data\":[{\"id\":\"models/gpt-6.1-sol\"}]}"));

        CheckResult check = check("openai");

        assertThat(check.ok()).isTrue();
        assertThat(check.found()).isEqualTo(url("/v1/models") + " answers and takes the key in OPENAI_API_KEY");
        assertThat(asked).containsExactly("GET /v1/models Authorization=Bearer " + KEY);
    }

    @Test
    void theKeyTravelsInTheHeaderOfTheEntry() {
        variables.put("KATRA_OPENAI_AUTH", "api-key");
        answers.put("GET /v1/models", new Answer(200, "{\"data\":[]}"));

        assertThat(check("openai").ok()).isTrue();
        assertThat(asked).containsExactly("GET /v1/models Api-key=" + KEY);
    }

    @Test
    void aModelThatIsNotListedIsNamed() {
        variables.put("KATRA_OPENAI_MODEL", "gpt-4-turbo");
        answers.put("GET /v1/models", new Answer(200, "{\"data\":[{\"id\":\"gpt-6.1-sol\"}]}"));

        CheckResult check = check("openai");

        assertThat(check.ok()).isTrue();
        assertThat(check.found()).endsWith("; its list of models does not name gpt-4-turbo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {} | refuses the key in OPENAI_API_KEY (401) | export OPENAI_API_KEY=your-key-here",
                "403 | <html> | refuses the key in OPENAI_API_KEY (403) | export OPENAI_API_KEY=your-key-here",
                "400 | [{\"message\":\"API key not valid\"}] | refuses the key in OPENAI_API_KEY (400) | export",
                "402 | {} | no credit (402) | account",
                "404 | {} | is not an API of the OpenAI format (404) | check OPENAI_ENDPOINT (KATRA_OPENAI_ENDPOINT)",
                "301 | {} | is not an API of the OpenAI format (301) | check OPENAI_ENDPOINT",
                "200 | <html>hello</html> | is not an API of the OpenAI format (200) | check OPENAI_ENDPOINT",
                "200 | '' | is not an API of the OpenAI format (200) | check OPENAI_ENDPOINT",
                "503 | {} | answers 503 | try again later",
            })
    void saysWhatIsWrongAndWhatToDo(int status, String body, String found, String next) {
        answers.put("GET /v1/models", new Answer(status, body));

        CheckResult check = check("openai");

        assertThat(check.ok()).isFalse();
        assertThat(check.found()).contains(found);
        assertThat(check.next()).contains(next);
    }

    @Test
    void anAnthropicEndpointIsAskedForItsModelsAndThenForAnEmptyMessage() {
        answers.put("GET /v1/models", new Answer(200, "{\"data\":[{\"id\":\"claude-opus-5-5\"}]}"));
        answers.put("POST /v1/messages", new Answer(400, "{\"type\":\"error\"}"));

        CheckResult check = check("anthropic");

        assertThat(check.found()).isEqualTo(url("/v1/messages") + " answers and takes the key in ANTHROPIC_API_KEY");
        assertThat(asked)
                .containsExactly(
                        "GET /v1/models Anthropic-version=2023-06-01 X-api-key=" + KEY,
                        "POST /v1/messages Anthropic-version=2023-06-01 X-api-key=" + KEY + " {}");
    }

    @Test
    void anAnthropicEndpointNeedsNoListOfModels() {
        answers.put("POST /anthropic/v1/messages", new Answer(422, "{}"));

        assertThat(check("deepseek").ok()).isTrue();
        assertThat(asked).last().asString().contains("Authorization=Bearer " + KEY);
    }

    @Test
    void aPublicListOfModelsSaysNothingOfTheKey() {
        answers.put("GET /anthropic/v1/models", new Answer(200, "{\"data\":[]}"));
        answers.put("POST /anthropic/v1/messages", new Answer(401, "{}"));

        assertThat(check("deepseek").found()).contains("refuses the key in DEEPSEEK_API_KEY (401)");
    }

    @Test
    void anEndpointWithoutTheMessagesApiIsTheWrongOne() {
        CheckResult check = check("deepseek");

        assertThat(check.found()).isEqualTo(url("/anthropic/v1/messages") + " is not an Anthropic Messages API (404)");
        assertThat(check.next()).isEqualTo("check DEEPSEEK_ANTHROPIC_ENDPOINT (KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT)");
    }

    @Test
    void theVerbatimRouteIsAskedWhereClaudeCodeWouldAsk() {
        variables.put("KATRA_OPENAI_ROUTE", "verbatim");

        assertThat(check("openai").found())
                .isEqualTo(url("/v1/v1/messages") + " is not an Anthropic Messages API (404)");
        assertThat(asked).hasSize(2).allMatch(request -> request.contains("X-api-key=" + KEY));
    }

    @Test
    void aServerThatSpeaksNoTlsIsNotTrusted() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            variables.put("KATRA_OPENAI_ENDPOINT", "https://127.0.0.1:" + plain.getLocalPort() + "/v1");
            Future<?> answered = threads.submit(() -> {
                while (true) { // a client may come a second time with what it asks
                    Socket accepted = plain.accept();
                    threads.execute(() -> answerPlainly(accepted));
                }
            });

            CheckResult check = check("openai");

            assertThat(check.found()).isEqualTo("no trusted TLS connection to 127.0.0.1");
            assertThat(check.next()).contains("check OPENAI_ENDPOINT", "trust store");
            assertThat(answered.isDone()).isFalse();
        }
    }

    private static void answerPlainly(Socket accepted) {
        try (Socket socket = accepted) {
            assertThat(socket.getInputStream().read()).isEqualTo(0x16); // a TLS handshake begins
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        answers.put("GET /v1/models", new Answer(0, ""));

        CheckResult check = checks(Duration.ofMillis(300), "openai").get(0);

        assertThat(check.ok()).isFalse();
        assertThat(check.found()).isEqualTo(url("/v1/models") + " does not answer in time");
    }

    @Test
    void aLocalServerThatDoesNotRunIsNoFaultUnlessItIsNamed() throws IOException {
        String closed = closedPort();
        for (String local : List.of("OLLAMA", "LMSTUDIO", "VLLM", "LLAMACPP", "SGLANG")) {
            variables.put("KATRA_" + local + "_ENDPOINT", closed);
        }
        variables.keySet().removeIf(name -> name.endsWith("_API_KEY"));

        assertThat(checks(PATIENCE, null))
                .hasSize(5)
                .allMatch(CheckResult::ok)
                .extracting(CheckResult::name, CheckResult::found)
                .contains(tuple("online ollama", "not running: nothing listens at " + closed));
        assertThat(check("ollama").ok()).isFalse();
        assertThat(check("ollama").next()).startsWith("start it, or check OLLAMA_ENDPOINT");
        assertThat(asked).isEmpty();
    }

    @Test
    void aHostThatDoesNotExistIsSaid() {
        variables.put("KATRA_OPENAI_ENDPOINT", "http://no-such-host.invalid/v1");

        assertThat(check("openai").found()).isEqualTo("there is no host no-such-host.invalid");
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        variables.keySet().removeIf(name -> name.endsWith("_API_KEY"));

        assertThat(check("openai").found()).isEqualTo("API key not found for openai");
        assertThat(check("openai").next()).isEqualTo("export OPENAI_API_KEY=your-key-here");
        assertThat(check("anthropic").ok()).isTrue();
        assertThat(check("demo").found()).isEqualTo("served by Katra's own server");
        assertThat(asked).isEmpty();
    }

    @Test
    void aProviderThatDoesNotExistIsNotFound() {
        assertThat(catchThrowableOfType(Failure.class, () -> check("opnai")).code())
                .isEqualTo(Failure.Code.NOT_FOUND);
    }

    @Test
    void noKeyAndNoWordOfTheEndpointIsShown() {
        answers.put("GET /v1/models", new Answer(401, "{\"error\":\"Incorrect API key provided: " + KEY + "\"}"));

        assertThat(check("openai").toString()).doesNotContain("sk-very").doesNotContain("Incorrect");
    }

    private CheckResult check(String provider) {
        return checks(PATIENCE, provider).get(0);
    }

    private List<CheckResult> checks(Duration patience, @Nullable String provider) {
        TestCaller caller = TestCaller.of("doctor").home(home);
        variables.forEach(caller::variable);
        return new OnlineChecks(Agents.standard(), patience).all(caller.caller(), provider);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        StringBuilder seen = new StringBuilder(what);
        for (String header : List.of("Anthropic-version", "Api-key", "Authorization", "X-api-key")) {
            @Nullable String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                seen.append(' ').append(header).append('=').append(value);
            }
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(seen + (body.isEmpty() ? "" : " " + body));
        Answer answer = answers.getOrDefault(what, new Answer(404, "{}"));
        if (answer.status() == 0) {
            await();
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", url("/elsewhere"));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
