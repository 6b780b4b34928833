package dev.katra.shell.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider of its own on loopback that keeps every request. Where it may use the tool Bash it asks once for what that
 * tool's environment holds; to anything else it answers one word.
 */
final class Recorder implements AutoCloseable {

    /** Without the session's own token, by which a session's shell may act for its persona. */
    static final String LOOK = "env -u KATRA_SESSION_TOKEN";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A request as it came; header names in lower case. */
    record Request(String method, String path, Map<String, String> headers, String body) {

        boolean isForTheModel() {
            return method.equals("POST") && path.endsWith("/v1/messages");
        }

        /** Without the body, which is the client's. */
        @Override
        public String toString() {
            return method + " " + path + " " + headers;
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** What the tools have returned to the model, as far as the conversation goes. */
        List<String> toolResults() {
            List<String> results = new ArrayList<>();
            for (JsonNode message : json().path("messages")) {
                for (JsonNode block : message.path("content")) {
                    if (block.path("type").asString("").equals("tool_result")) {
                        JsonNode content = block.path("content");
                        results.add(content.isString() ? content.asString() : content.toString());
                    }
                }
            }
            return results;
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile CountDownLatch held = new CountDownLatch(0);

    Recorder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on answers keep the client waiting, until they are released. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    /** Everything that came. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What came for the model. */
    List<Request> forTheModel() {
        return requests.stream().filter(Request::isForTheModel).toList();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join("\n", values)));
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            if (!request.isForTheModel()) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            held.await();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(reply(request).getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reply(Request request) throws JacksonException {
        JsonNode asked = request.json();
        boolean bash = asked.path("tools").values().stream()
                .anyMatch(tool -> tool.path("name").asString("").equals("Bash"));
        boolean calls = bash && request.toolResults().isEmpty();
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_" + System.nanoTime())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.path("model").asString(""));
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 1).put("output_tokens", 1);
        ObjectNode block = JSON.createObjectNode();
        ObjectNode delta = JSON.createObjectNode();
        if (calls) {
            block.put("type", "tool_use")
                    .put("id", "toolu_" + System.nanoTime())
                    .put("name", "Bash");
            block.putObject("input");
            delta.put("type", "input_json_delta")
                    .put("partial_json", "{\"command\":\"" + LOOK + "\",\"description\":\"Look\"}");
        } else {
            block.put("type", "text").put("text", "");
            delta.put("type", "text_delta").put("text", "Done");
        }
        ObjectNode end = event("message_delta");
        end.putObject("delta")
                .put("stop_reason", calls ? "tool_use" : "end_turn")
                .putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", 1);
        return line(event("message_start").set("message", message))
                + line(event("content_block_start").put("index", 0).set("content_block", block))
                + line(event("content_block_delta").put("index", 0).set("delta", delta))
                + line(event("content_block_stop").put("index", 0))
                + line(end)
                + line(event("message_stop"));
    }

    private static ObjectNode event(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static String line(JsonNode event) {
        return "event: " + event.path("type").asString("") + "\ndata: " + event + "\n\n";
    }
}
