package dev.katra.shell.proof;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session's client that does what Claude Code does, as measured: each call has an id and is reported by a hook when its
 * answer has come whole; a call that breaks is an error, is reported as a failure, and is not sent again; an MCP session
 * that the server has forgotten is opened anew and the call sent again with its id.
 */
final class RoomClient {

    /** What the model was shown of a message. */
    record Shown(long number, String text, boolean redelivered) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String persona;
    private final URI server;
    private final String token;
    private final List<Shown> shown = new ArrayList<>();
    private boolean open;
    private String prompt = UUID.randomUUID().toString();

    RoomClient(String persona, URI server, String token) {
        this.persona = persona;
        this.server = server;
        this.token = token;
    }

    String persona() {
        return persona;
    }

    /** Everything that came with answers that were read whole, in that order. */
    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /** Another client of the same session, as a sub-agent or a parallel call. */
    RoomClient beside() {
        return new RoomClient(persona, server, token);
    }

    /** Says something; the answer's number and recipients. */
    JsonNode say(String text, List<String> to) throws IOException {
        ObjectNode arguments = JsonMapper.shared().createObjectNode().put("message", text);
        if (!to.isEmpty()) { // else it is for the room
            to.forEach(arguments.withArray("to")::add);
        }
        return call("katra_say", arguments);
    }

    /** Hears; how many messages came. */
    int hear(int waitSeconds) throws IOException {
        return hear(waitSeconds, Map.of());
    }

    /** The same, reported with these fields besides. */
    int hear(int waitSeconds, Map<String, String> fields) throws IOException {
        JsonNode answer =
                call("katra_hear", JsonMapper.shared().createObjectNode().put("wait_seconds", waitSeconds), fields);
        return answer.path("messages").size();
    }

    JsonNode call(String tool, ObjectNode arguments) throws IOException {
        return call(tool, arguments, Map.of());
    }

    private JsonNode call(String tool, ObjectNode arguments, Map<String, String> fields) throws IOException {
        String id = "toolu_" + UUID.randomUUID();
        JsonNode answer;
        try {
            answer = send(request(tool, arguments, id));
        } catch (IOException e) {
            report("PostToolUseFailure", id, fields);
            throw e;
        }
        JsonNode result = answer.path("result").path("structuredContent");
        for (JsonNode message : result.path("messages")) {
            shown.add(new Shown(
                    message.path("number").asLong(),
                    message.path("text").asString(),
                    message.path("redelivered").asBoolean(false)));
        }
        report("PostToolUse", id, fields);
        return result;
    }

    /** Sends a call with this id, once, and reports nothing of it. Returns the whole answer. */
    JsonNode send(String tool, ObjectNode arguments, String id) throws IOException {
        return send(request(tool, arguments, id));
    }

    /** Calls katra_hear, reads no more than the beginning of the answer, runs the accident, and gives up. */
    void hearUntil(Runnable accident) throws IOException {
        if (!open) {
            open();
        }
        String id = "toolu_" + UUID.randomUUID();
        byte[] body = request("katra_hear", JsonMapper.shared().createObjectNode(), id)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = post("/mcp", body)) {
            InputStream in = socket.getInputStream();
            if (in.readNBytes(16).length < 16) {
                throw new IOException("no answer");
            }
            accident.run();
        }
        report("PostToolUseFailure", id, Map.of());
    }

    /** Sends a request and leaves without waiting for its answer once this has happened. */
    void leave(String path, ObjectNode body, Runnable accident) throws IOException {
        try (Socket socket = post(path, body.toString().getBytes(StandardCharsets.UTF_8))) {
            accident.run();
            socket.setSoLinger(true, 0);
        }
    }

    /** The context that a new prompt gets, empty if the hook gives none. */
    String prompt() throws IOException {
        prompt = UUID.randomUUID().toString();
        JsonNode answer = JsonMapper.shared()
                .readTree(hook("UserPromptSubmit", event("UserPromptSubmit").put("prompt", "go on"))
                        .body());
        return answer.path("hookSpecificOutput").path("additionalContext").asString("");
    }

    /** Ends the turn. */
    void stop() throws IOException {
        hook("Stop", event("Stop"));
    }

    ObjectNode event(String name) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("session_id", "s")
                .put("prompt_id", prompt)
                .put("hook_event_name", name);
    }

    private Socket post(String path, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nAccept: application/json, "
                + "text/event-stream\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    private void report(String event, String id, Map<String, String> fields) {
        ObjectNode body = event(event).put("tool_use_id", id);
        fields.forEach(body::put);
        try {
            hook(event, body);
        } catch (IOException e) {
            // The client shows a notice and goes on.
        }
    }

    private HttpResponse<String> hook(String event, ObjectNode body) throws IOException {
        return post(HttpRequest.newBuilder(server.resolve("/hooks/" + event)).timeout(Duration.ofSeconds(2)), body);
    }

    private static ObjectNode request(String tool, ObjectNode arguments, String id) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.put("jsonrpc", "2.0").put("id", 7).put("method", "tools/call");
        ObjectNode params = request.putObject("params").put("name", tool);
        params.set("arguments", arguments);
        params.putObject("_meta").put("claudecode/toolUseId", id);
        return request;
    }

    private JsonNode send(ObjectNode request) throws IOException {
        if (!open) {
            open();
        }
        return json(post(mcp(), request));
    }

    private void open() throws IOException {
        ObjectNode initialize = JsonMapper.shared().createObjectNode();
        initialize.put("jsonrpc", "2.0").put("id", 1).put("method", "initialize");
        ObjectNode params = initialize.putObject("params").put("protocolVersion", "2025-11-25");
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "claude-code").put("version", "2.1.332");
        json(post(mcp(), initialize));
        open = true;
        post(
                mcp(),
                JsonMapper.shared()
                        .createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("method", "notifications/initialized"));
    }

    private HttpRequest.Builder mcp() {
        return HttpRequest.newBuilder(server.resolve("/mcp"))
                .header("Accept", "application/json, text/event-stream")
                .timeout(Duration.ofSeconds(90));
    }

    private HttpResponse<String> post(HttpRequest.Builder to, ObjectNode body) throws IOException {
        HttpRequest request = to.header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The answer's one message, plain or as an event. */
    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode() + ": " + answer.body());
        }
        String text = answer.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .map(line -> line.substring("data:".length()))
                .orElse(answer.body());
        return JsonMapper.shared().readTree(text);
    }
}
