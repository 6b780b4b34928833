package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages. */
final class MessagesForm implements AnswerFormat {

    @Override
    public List<Frame> stream(Reply reply) {
        List<Frame> frames = new ArrayList<>();
        ObjectNode start = head(reply);
        start.putArray("content");
        start.putNull("stop_reason").putNull("stop_sequence");
        start.set("usage", usage(reply.tokens(), 1));
        frames.add(Frame.named(event("message_start").set("message", start), false));
        frames.add(Frame.named(event("ping"), false));
        int index = 0;
        for (Part part : reply.parts()) {
            block(reply, part, index++, frames);
        }
        ObjectNode end = event("message_delta");
        ObjectNode delta =
                end.putObject("delta").put("stop_reason", stop(reply)).putNull("stop_sequence");
        judged(reply, delta);
        frames.add(Frame.named(
                end.set("usage", usage(reply.tokens(), reply.tokens().output())), false));
        frames.add(Frame.named(event("message_stop"), false));
        return frames;
    }

    @Override
    public JsonNode whole(Reply reply) {
        ObjectNode message = head(reply);
        ArrayNode content = message.putArray("content");
        for (Part part : reply.parts()) {
            if (part instanceof Part.Thought thought) {
                content.addObject()
                        .put("type", "thinking")
                        .put("thinking", thought.text())
                        .put("signature", reply.issued().signature());
            } else if (part instanceof Part.Call call) {
                content.add(begun(call).set("input", input(call.arguments())));
            } else {
                content.addObject().put("type", "text").put("text", text(part));
            }
        }
        message.put("stop_reason", stop(reply)).putNull("stop_sequence");
        judged(reply, message);
        return message.set("usage", usage(reply.tokens(), reply.tokens().output()));
    }

    @Override
    public Frame error(VendorError error) {
        ObjectNode body = error.json(Api.MESSAGES);
        body.remove("request_id");
        return Frame.named(body, false);
    }

    /** What the vendor says of the calls, if it is asked and judges them itself. */
    private static void judged(Reply reply, ObjectNode into) {
        if (!reply.vendor().has(Rule.JUDGES_CALLS) || !reply.asked().body().has("safeguards")) {
            return;
        }
        ObjectNode verdict = into.putArray("safeguard_results").addObject().put("type", "dangerous_tool_use");
        ObjectNode uses = verdict.putObject("status").put("type", "available").putObject("tool_uses");
        for (Part part : reply.parts()) {
            if (part instanceof Part.Call call) {
                uses.putObject(call.id()).put("type", "evaluated").put("outcome", "not_flagged");
            }
        }
    }

    private static void block(Reply reply, Part part, int index, List<Frame> frames) {
        ObjectNode begun;
        if (part instanceof Part.Call call) {
            begun = begun(call);
        } else if (part instanceof Part.Thought) {
            begun = node().put("type", "thinking").put("thinking", "").put("signature", "");
        } else {
            begun = node().put("type", "text").put("text", "");
        }
        frames.add(Frame.named(
                event("content_block_start").put("index", index).set("content_block", begun),
                part instanceof Part.Call));
        if (part instanceof Part.Call call) {
            deltas(reply, index, "input_json_delta", "partial_json", call.arguments(), frames);
        } else if (part instanceof Part.Thought thought) {
            deltas(reply, index, "thinking_delta", "thinking", thought.text(), frames);
            ObjectNode signed = event("content_block_delta").put("index", index);
            signed.putObject("delta")
                    .put("type", "signature_delta")
                    .put("signature", reply.issued().signature());
            frames.add(Frame.named(signed, false));
        } else {
            deltas(reply, index, "text_delta", "text", text(part), frames);
        }
        frames.add(Frame.named(event("content_block_stop").put("index", index), false));
    }

    private static void deltas(Reply reply, int index, String type, String field, String text, List<Frame> frames) {
        for (String piece : reply.pieces(text)) {
            ObjectNode event = event("content_block_delta").put("index", index);
            event.putObject("delta").put("type", type).put(field, piece);
            frames.add(Frame.named(event, true));
        }
    }

    private static ObjectNode begun(Part.Call call) {
        ObjectNode block = node().put("type", "tool_use").put("id", call.id()).put("name", call.name());
        block.putObject("input");
        return block;
    }

    private static JsonNode input(String arguments) {
        try {
            return JsonMapper.shared().readTree(arguments);
        } catch (JacksonException e) {
            return node();
        }
    }

    private static String text(Part part) {
        if (part instanceof Part.Text text) {
            return text.text();
        }
        return part instanceof Part.Refusal refusal ? refusal.text() : "";
    }

    private static String stop(Reply reply) {
        boolean refuses = reply.parts().stream().anyMatch(Part.Refusal.class::isInstance);
        return switch (reply.answer().stop()) {
            case LENGTH -> "max_tokens";
            case FILTER -> "refusal";
            case NATURAL -> reply.calls() ? "tool_use" : refuses ? "refusal" : "end_turn";
        };
    }

    private static ObjectNode head(Reply reply) {
        return node().put("id", reply.issued().next("msg_"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", reply.asked().model());
    }

    private static ObjectNode usage(Tokens tokens, int output) {
        return node().put("input_tokens", tokens.input() - tokens.cached())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", tokens.cached())
                .put("output_tokens", output)
                .put("service_tier", "standard");
    }

    private static ObjectNode event(String type) {
        return node().put("type", type);
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }
}
