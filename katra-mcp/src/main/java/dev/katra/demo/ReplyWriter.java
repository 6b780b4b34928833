package dev.katra.demo;

import dev.katra.gateway.permission.SafeguardCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a reply in the Messages API's wire format, whole or as server-sent events. */
final class ReplyWriter {

    private final JsonMapper json;
    private final String model;
    private final int inputTokens;
    private final @Nullable JsonNode verdicts;

    /**
     * Creates a writer of this model's reply.
     *
     * @param inputTokens the number of tokens that the request has
     * @param verdicts the verdicts on the reply's calls; null if the request does not ask for any
     */
    ReplyWriter(JsonMapper json, String model, int inputTokens, @Nullable JsonNode verdicts) {
        this.json = json;
        this.model = model;
        this.inputTokens = inputTokens;
        this.verdicts = verdicts;
    }

    /** Writes the reply as one JSON message. */
    void writeMessage(Reply reply, OutputStream out) throws IOException {
        ObjectNode message = message(reply.tokens());
        message.put("stop_reason", reply.stopReason());
        var content = message.withArray("content");
        for (Reply.Block block : reply.blocks()) {
            content.add(block(block));
        }
        if (verdicts != null) {
            message.set(SafeguardCheck.RESULTS, verdicts);
        }
        out.write(json.writeValueAsBytes(message));
    }

    /** Writes the reply as events, in the order in which the vendor's own endpoint sends them. */
    void writeEvents(Reply reply, OutputStream out) throws IOException {
        send(out, event("message_start").set("message", message(1)));
        send(out, event("ping"));
        int index = 0;
        for (Reply.Block block : reply.blocks()) {
            ObjectNode start = event("content_block_start").put("index", index);
            ObjectNode delta = event("content_block_delta").put("index", index);
            if (block instanceof Reply.Call call) {
                start.set("content_block", block(new Reply.Call(call.id(), call.tool(), json.createObjectNode())));
                delta.putObject("delta")
                        .put("type", "input_json_delta")
                        .put("partial_json", call.input().toString());
            } else if (block instanceof Reply.Text text) {
                start.set("content_block", block(new Reply.Text("")));
                delta.putObject("delta").put("type", "text_delta").put("text", text.text());
            }
            send(out, start);
            send(out, delta);
            send(out, event("content_block_stop").put("index", index));
            index++;
        }
        ObjectNode end = event("message_delta");
        ObjectNode last = end.putObject("delta");
        last.put("stop_reason", reply.stopReason()).putNull("stop_sequence");
        if (verdicts != null) {
            last.set(SafeguardCheck.RESULTS, verdicts);
        }
        end.putObject("usage").put("output_tokens", reply.tokens());
        send(out, end);
        send(out, event("message_stop"));
    }

    private ObjectNode message(int outputTokens) {
        ObjectNode message = json.createObjectNode()
                .put("id", "msg_demo_" + UUID.randomUUID().toString().replace("-", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", inputTokens)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", outputTokens);
        return message;
    }

    private ObjectNode block(Reply.Block block) {
        ObjectNode node = json.createObjectNode();
        if (block instanceof Reply.Call call) {
            node.put("type", "tool_use").put("id", call.id()).put("name", call.tool());
            node.set("input", call.input());
        } else if (block instanceof Reply.Text text) {
            node.put("type", "text").put("text", text.text());
        }
        return node;
    }

    private ObjectNode event(String type) {
        return json.createObjectNode().put("type", type);
    }

    private void send(OutputStream out, JsonNode event) throws IOException {
        String type = event.path("type").asString("");
        out.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
