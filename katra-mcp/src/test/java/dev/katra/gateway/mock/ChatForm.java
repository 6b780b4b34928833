package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions. */
final class ChatForm implements AnswerFormat {

    private static final int CREATED = 1_795_000_000;

    @Override
    public List<Frame> stream(Reply reply) {
        String id = reply.issued().next("chatcmpl-");
        JsonNode body = reply.asked().body();
        boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
        List<Frame> frames = new ArrayList<>();
        ObjectNode role = node().put("role", "assistant");
        if (reply.calls()) {
            role.putNull("content");
        } else {
            role.put("content", "");
        }
        frames.add(chunk(reply, id, usage, role.putNull("refusal"), "", false));
        for (ObjectNode delta : deltas(reply)) {
            frames.add(chunk(reply, id, usage, delta, "", true));
        }
        frames.add(chunk(reply, id, usage, node(), finish(reply), false));
        if (usage) {
            ObjectNode last = head(reply, id, "chat.completion.chunk");
            last.putArray("choices");
            frames.add(Frame.data(last.set("usage", usage(reply.tokens())), false));
        }
        frames.add(new Frame("data: [DONE]\n\n", false));
        return frames;
    }

    @Override
    public JsonNode whole(Reply reply) {
        ObjectNode message = node().put("role", "assistant").putNull("content");
        message.putNull("refusal").putArray("annotations");
        ArrayNode calls = JsonMapper.shared().createArrayNode();
        for (Part part : reply.parts()) {
            if (part instanceof Part.Text text) {
                message.put("content", message.path("content").asString("") + text.text());
            } else if (part instanceof Part.Refusal refusal) {
                message.put("refusal", refusal.text());
            } else if (part instanceof Part.Thought thought && !thought.text().isEmpty()) {
                message.put("reasoning_content", thought.text());
            } else if (part instanceof Part.Call call) {
                call(calls.addObject(), reply, call, calls.size() == 1);
            }
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        remember(reply);
        ObjectNode answer = head(reply, reply.issued().next("chatcmpl-"), "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs").put("finish_reason", finish(reply));
        return answer.set("usage", usage(reply.tokens()));
    }

    @Override
    public Frame error(VendorError error) {
        return Frame.data(error.json(Api.CHAT), false);
    }

    private static List<ObjectNode> deltas(Reply reply) {
        List<ObjectNode> deltas = new ArrayList<>();
        int index = 0;
        for (Part part : reply.parts()) {
            if (part instanceof Part.Text text) {
                reply.pieces(text.text()).forEach(piece -> deltas.add(node().put("content", piece)));
            } else if (part instanceof Part.Refusal refusal) {
                reply.pieces(refusal.text()).forEach(piece -> deltas.add(node().put("refusal", piece)));
            } else if (part instanceof Part.Thought thought) {
                reply.pieces(thought.text()).forEach(piece -> deltas.add(node().put("reasoning_content", piece)));
            } else if (part instanceof Part.Call call && reply.vendor().has(Rule.THOUGHT_SIGNATURE)) {
                ObjectNode whole = node();
                call(whole.putArray("tool_calls").addObject(), reply, call, index++ == 0);
                deltas.add(whole);
            } else if (part instanceof Part.Call call) {
                ObjectNode first = node();
                ObjectNode head = first.putArray("tool_calls").addObject().put("index", index);
                head.put("id", call.id()).put("type", "function");
                head.putObject("function").put("name", call.name()).put("arguments", "");
                deltas.add(first);
                for (String piece : reply.pieces(call.arguments())) {
                    ObjectNode next = node();
                    ObjectNode more = next.putArray("tool_calls").addObject().put("index", index);
                    more.putObject("function").put("arguments", piece);
                    deltas.add(next);
                }
                index++;
            }
        }
        remember(reply);
        return deltas;
    }

    private static void call(ObjectNode node, Reply reply, Part.Call call, boolean first) {
        if (first && reply.vendor().has(Rule.THOUGHT_SIGNATURE)) {
            node.putObject("extra_content")
                    .putObject("google")
                    .put("thought_signature", reply.issued().signature(call.id()));
        }
        node.put("id", call.id()).put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    }

    /** Calls that came of reasoning must come back with it. */
    private static void remember(Reply reply) {
        boolean reasoned = false;
        for (Part part : reply.parts()) {
            reasoned |= part instanceof Part.Thought thought && !thought.text().isEmpty();
            if (reasoned && part instanceof Part.Call call) {
                reply.issued().reasoned(call.id(), call.id());
            }
        }
    }

    private static Frame chunk(Reply reply, String id, boolean usage, ObjectNode delta, String finish, boolean piece) {
        ObjectNode chunk = head(reply, id, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish.isEmpty() ? null : finish);
        if (usage) {
            chunk.putNull("usage");
        }
        return Frame.data(chunk, piece);
    }

    private static ObjectNode head(Reply reply, String id, String kind) {
        return node().put("id", id)
                .put("object", kind)
                .put("created", CREATED)
                .put("model", reply.asked().model())
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_mock");
    }

    private static String finish(Reply reply) {
        return switch (reply.answer().stop()) {
            case LENGTH -> "length";
            case FILTER -> "content_filter";
            case NATURAL -> reply.calls() ? "tool_calls" : "stop";
        };
    }

    private static ObjectNode usage(Tokens tokens) {
        ObjectNode usage = node().put("prompt_tokens", tokens.input())
                .put("completion_tokens", tokens.output())
                .put("total_tokens", tokens.input() + tokens.output());
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", tokens.cached())
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", tokens.reasoning())
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }
}
