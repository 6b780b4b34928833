package dev.katra.mcp.demo;

import dev.katra.mcp.server.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Messages API of the provider {@code demo}. Who may call it is decided before a request gets here. */
@RestController
@RequestMapping("/demo")
public class DemoEndpoint {

    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final JsonMapper json;
    private final ScriptedModel model;

    public DemoEndpoint(JsonMapper json) {
        this.json = json;
        this.model = new ScriptedModel(json);
    }

    /** Answers one request, streamed if it asks for that. */
    @PostMapping("/v1/messages")
    public void messages(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestBody body = RequestBody.read(request, LARGEST_BODY);
        JsonNode asked = body.json(json);
        var writer = new ReplyWriter(json, asked.path("model").asString("demo"), body.tokens());
        Reply reply = model.reply(asked);
        if (asked.path("stream").asBoolean(false)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            writer.stream(reply, response.getOutputStream());
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            writer.whole(reply, response.getOutputStream());
        }
    }

    /** A rough count: four bytes a token. */
    @PostMapping("/v1/messages/count_tokens")
    public Tokens count(HttpServletRequest request) throws IOException {
        return new Tokens(RequestBody.read(request, LARGEST_BODY).tokens());
    }

    /** The client's probe at its start; it carries no credentials. */
    @RequestMapping(path = "/api/hello", method = RequestMethod.HEAD)
    public void hello() {}

    /** The answer of the count. */
    public record Tokens(
            @com.fasterxml.jackson.annotation.JsonProperty("input_tokens")
            int inputTokens) {}
}
