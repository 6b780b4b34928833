package dev.katra.gateway.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A random answer and the streams in which the two formats may send it.
 *
 * @param calls inputs of the tool calls, in order
 */
public record Upstream(String thinking, String text, List<JsonNode> calls, String chat, String responses) {

    private static final String[] WORDS = {
        "naïve ", "日本語", "🙂", "a\nb ", "\"quoted\" ", "\\ ", "plain ", "data: ", "\r\n"
    };

    public static Upstream random(Random random) {
        String thinking = random.nextBoolean() ? words(random) : "";
        String text = random.nextInt(4) > 0 ? words(random) : "";
        var calls = new ArrayList<JsonNode>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            ObjectNode input = JsonMapper.shared().createObjectNode();
            for (int field = random.nextInt(3); field > 0; field--) {
                input.put("f" + field, words(random));
            }
            calls.add(input);
        }
        return new Upstream(
                thinking, text, calls, chat(thinking, text, calls, random), responses(thinking, text, calls, random));
    }

    private static String words(Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static List<String> pieces(String text, Random random) {
        var pieces = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(7));
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static String chat(String thinking, String text, List<JsonNode> calls, Random random) {
        var out = new StringBuilder();
        pieces(thinking, random).forEach(piece -> chunk(out, node().put("reasoning_content", piece)));
        pieces(text, random).forEach(piece -> chunk(out, node().put("content", piece)));
        var queues = new ArrayList<List<String>>();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode delta = node();
            ObjectNode call =
                    delta.putArray("tool_calls").addObject().put("index", i).put("id", "call_" + i);
            call.putObject("function").put("name", "tool_" + i).put("arguments", "");
            if (random.nextInt(3) == 0) {
                call.putObject("extra_content").put("x", words(random));
            }
            chunk(out, delta);
            queues.add(new ArrayList<>(pieces(calls.get(i).toString(), random)));
        }
        interleave(queues, random, (i, piece) -> {
            ObjectNode delta = node();
            delta.putArray("tool_calls")
                    .addObject()
                    .put("index", i)
                    .putObject("function")
                    .put("arguments", piece);
            chunk(out, delta);
        });
        ObjectNode last = node();
        last.putArray("choices")
                .addObject()
                .put("finish_reason", calls.isEmpty() ? "stop" : "tool_calls")
                .putObject("delta");
        return out + "data: " + last + "\n\n: ping\n\ndata: [DONE]\n\n";
    }

    private static void chunk(StringBuilder out, ObjectNode delta) {
        ObjectNode chunk = node().put("id", "c1");
        chunk.putArray("choices").addObject().put("index", 0).set("delta", delta);
        out.append("data: ").append(chunk).append("\n\n");
    }

    private static String responses(String thinking, String text, List<JsonNode> calls, Random random) {
        var out = new StringBuilder();
        ObjectNode created = node();
        created.putObject("response").put("id", "resp_1");
        event(out, "response.created", created);
        int index = 0;
        if (!thinking.isEmpty()) {
            for (String piece : pieces(thinking, random)) {
                event(out, "response.reasoning_summary_text.delta", at(index).put("delta", piece));
            }
            ObjectNode done = at(index);
            done.putObject("item").put("type", "reasoning").put("id", "rs").put("encrypted_content", "gAA");
            event(out, "response.output_item.done", done);
            index++;
        }
        for (String piece : pieces(text, random)) {
            event(out, "response.output_text.delta", at(index).put("delta", piece));
        }
        int first = index + 1;
        var queues = new ArrayList<List<String>>();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode added = at(first + i);
            added.putObject("item")
                    .put("type", "function_call")
                    .put("call_id", "call_" + i)
                    .put("name", "tool_" + i);
            event(out, "response.output_item.added", added);
            queues.add(new ArrayList<>(pieces(calls.get(i).toString(), random)));
        }
        interleave(
                queues,
                random,
                (i, piece) -> event(
                        out,
                        "response.function_call_arguments.delta",
                        at(first + i).put("delta", piece)));
        ObjectNode completed = node();
        completed.putObject("response").put("status", "completed");
        event(out, "response.completed", completed);
        return out.toString();
    }

    private static void event(StringBuilder out, String type, ObjectNode event) {
        out.append("event: ")
                .append(type)
                .append("\ndata: ")
                .append(event.put("type", type))
                .append("\n\n");
    }

    private static ObjectNode at(int index) {
        return node().put("output_index", index);
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }

    private interface Piece {
        void send(int call, String piece);
    }

    private static void interleave(List<List<String>> queues, Random random, Piece receiver) {
        var open = new ArrayList<Integer>();
        for (int i = 0; i < queues.size(); i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            Integer call = open.get(random.nextInt(open.size()));
            List<String> queue = queues.get(call);
            receiver.send(call, queue.remove(0));
            if (queue.isEmpty()) {
                open.remove(call);
            }
        }
    }
}
