package dev.katra.launcher.claude;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All that a client talks to, on one port of loopback: a model, an MCP server with the tool ping, and hooks. */
final class ContractServer implements AutoCloseable {

    static final String INSTRUCTIONS = "Instructions of a server under test.";
    static final String PONG = "pong of a test";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A request as it came; header names in lower case. */
    record Request(String method, String path, String query, Map<String, String> headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What the model answers: an HTTP status, and a body with its type. */
    record Answer(int status, String type, Map<String, String> headers, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> hookAnswers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Function<Request, Answer> model;
    private volatile String hanging = "";

    ContractServer(Function<Request, Answer> model) throws IOException {
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the hook of this event adds to the conversation. */
    ContractServer adding(String event, String context) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("hookSpecificOutput").put("hookEventName", event).put("additionalContext", context);
        hookAnswers.put(event, answer.toString());
        return this;
    }

    /** The hook of this event gets no answer for half a minute. */
    ContractServer hangingAt(String event) {
        hanging = event;
        return this;
    }

    /** What came for the model, in order. */
    List<Request> forTheModel() {
        return at("/v1/messages");
    }

    List<Request> at(String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().equals(path))
                .toList();
    }

    /** The methods that the MCP server was asked for, in order. */
    List<String> asked() {
        return at("/mcp").stream()
                .map(request -> request.json().path("method").asString(""))
                .toList();
    }

    /** Everything that came. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Says this. */
    static Answer text(String text) {
        ObjectNode block = JSON.createObjectNode().put("type", "text").put("text", "");
        return stream(block, JSON.createObjectNode().put("type", "text_delta").put("text", text), "end_turn");
    }

    /** Calls this tool. */
    static Answer call(String id, String tool, String arguments) {
        ObjectNode block =
                JSON.createObjectNode().put("type", "tool_use").put("id", id).put("name", tool);
        block.putObject("input");
        ObjectNode delta =
                JSON.createObjectNode().put("type", "input_json_delta").put("partial_json", arguments);
        return stream(block, delta, "tool_use");
    }

    /** Refuses with this status and message. */
    static Answer error(int status, String message, Map<String, String> headers) {
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.putObject("error").put("type", "api_error").put("message", message);
        return new Answer(status, "application/json", headers, body.toString());
    }

    private static Answer stream(ObjectNode block, ObjectNode delta, String reason) {
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_" + System.nanoTime())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "m");
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 1).put("output_tokens", 1);
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", reason).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", 1);
        return new Answer(
                200,
                "text/event-stream",
                Map.of(),
                line(event("message_start").set("message", message))
                        + line(event("content_block_start").put("index", 0).set("content_block", block))
                        + line(event("content_block_delta").put("index", 0).set("delta", delta))
                        + line(event("content_block_stop").put("index", 0))
                        + line(end)
                        + line(event("message_stop")));
    }

    private static ObjectNode event(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static String line(JsonNode event) {
        return "event: " + event.path("type").asString("") + "\ndata: " + event + "\n\n";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join("\n", values)));
            URI target = exchange.getRequestURI();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    target.getPath(),
                    String.valueOf(target.getQuery()),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = answer(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(Request request) {
        if (!request.method().equals("POST")) {
            return new Answer(request.path().equals("/mcp") ? 405 : 200, "text/plain", Map.of(), "");
        }
        if (request.path().equals("/v1/messages")) {
            return model.apply(request);
        }
        if (request.path().equals("/mcp")) {
            return mcp(request.json());
        }
        String event = request.path().substring(request.path().lastIndexOf('/') + 1);
        if (event.equals(hanging)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(30));
        }
        return new Answer(200, "application/json", Map.of(), hookAnswers.getOrDefault(event, "{}"));
    }

    private static Answer mcp(JsonNode call) {
        if (!call.has("id")) {
            return new Answer(202, "application/json", Map.of(), "");
        }
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", call.path("id"));
        switch (call.path("method").asString("")) {
            case "initialize" -> {
                ObjectNode result = answer.putObject("result");
                result.set("protocolVersion", call.path("params").path("protocolVersion"));
                result.putObject("capabilities").putObject("tools");
                result.putObject("serverInfo").put("name", "katra").put("version", "0");
                result.put("instructions", INSTRUCTIONS);
            }
            case "tools/list" -> {
                ObjectNode tool = answer.putObject("result").putArray("tools").addObject();
                tool.put("name", "ping").put("description", "Answers.");
                tool.putObject("inputSchema").put("type", "object").putObject("properties");
            }
            case "tools/call" ->
                answer.putObject("result")
                        .putArray("content")
                        .addObject()
                        .put("type", "text")
                        .put("text", PONG);
            default -> answer.putObject("error").put("code", -32601).put("message", "no such method");
        }
        return new Answer(200, "application/json", Map.of(), answer.toString());
    }
}
