package dev.katra.demo;

import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.web.BodyBudget;
import dev.katra.web.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Serves the Messages API of the provider {@code demo}. Filters decide before a request gets here who may call it. */
@RestController
@RequestMapping("/demo")
public class DemoEndpoint {

    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final BodyBudget bodies;
    private final JsonMapper json;
    private final ScriptedModel model;

    public DemoEndpoint(BodyBudget bodies, JsonMapper json, Clock clock) {
        this.bodies = bodies;
        this.json = json;
        this.model = new ScriptedModel(json, clock);
    }

    /** Answers one request, streamed if it asks for that. */
    @PostMapping("/v1/messages")
    public void messages(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestBody body = RequestBody.read(bodies, request, MAX_BODY_BYTES);
        JsonNode asked = body.json(json);
        Reply reply = model.reply(asked);
        JsonNode verdicts = DemoJudge.of(asked, json)
                .map(judge -> SafeguardCheck.results(judge.verdicts(reply)))
                .orElse(null);
        var writer = new ReplyWriter(json, asked.path("model").asString("demo"), body.tokens(), verdicts);
        if (asked.path("stream").asBoolean(false)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            writer.writeEvents(reply, response.getOutputStream());
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            writer.writeMessage(reply, response.getOutputStream());
        }
    }

    /** Returns a rough count of the request's tokens: one for four bytes. */
    @PostMapping("/v1/messages/count_tokens")
    public Tokens count(HttpServletRequest request) throws IOException {
        return new Tokens(RequestBody.read(bodies, request, MAX_BODY_BYTES).tokens());
    }

    /** Answers the probe that the client sends at its start; the probe carries no credentials. */
    @RequestMapping(path = "/api/hello", method = RequestMethod.HEAD)
    public void hello() {}

    /** A Tokens holds the answer of the count. */
    public record Tokens(
            @com.fasterxml.jackson.annotation.JsonProperty("input_tokens")
            int inputTokens) {}
}
