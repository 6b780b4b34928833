package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The output items of one response. */
final class ResponsesItemForm {

    private final Reply reply;
    private final boolean summarised;
    private final boolean encrypted;
    private final List<ObjectNode> items = new ArrayList<>();
    private String reasoning = "";

    ResponsesItemForm(Reply reply) {
        this.reply = reply;
        JsonNode body = reply.asked().body();
        this.summarised = body.path("reasoning").hasNonNull("summary");
        this.encrypted = body.path("include").values().stream()
                .anyMatch(what -> what.asString("").equals("reasoning.encrypted_content"));
    }

    List<ObjectNode> whole() {
        return items;
    }

    /** Adds the item of this part. */
    ObjectNode whole(Part part, boolean last) {
        ObjectNode item = item(part);
        if (!(part instanceof Part.Thought)) {
            boolean cut = last && reply.answer().stop() != Stop.NATURAL;
            item.put("status", cut ? "incomplete" : "completed");
        }
        items.add(item);
        return item;
    }

    /** Adds the item of this part, and the events by which it comes. */
    void stream(Part part, int index, boolean last, ResponsesForm.Events events) {
        ObjectNode item = whole(part, last);
        String id = item.path("id").asString("");
        ObjectNode begun = item.deepCopy();
        if (part instanceof Part.Call) {
            begun.put("arguments", "").put("status", "in_progress");
        } else if (part instanceof Part.Thought) {
            begun.putArray("summary");
        } else {
            begun.put("status", "in_progress").putArray("content");
        }
        events.add(
                "response.output_item.added",
                node().put("output_index", index).set("item", begun),
                part instanceof Part.Call);
        if (part instanceof Part.Thought thought) {
            if (!item.path("summary").isEmpty()) {
                thought(thought, id, index, events);
            }
        } else if (part instanceof Part.Call call) {
            for (String piece : reply.pieces(call.arguments())) {
                events.add("response.function_call_arguments.delta", delta(id, index, piece), true);
            }
            events.add(
                    "response.function_call_arguments.done", at(id, index).put("arguments", call.arguments()), false);
        } else {
            content(item, id, index, events);
        }
        events.add(
                "response.output_item.done", node().put("output_index", index).set("item", item), false);
    }

    private void thought(Part.Thought thought, String id, int index, ResponsesForm.Events events) {
        ObjectNode empty = node().put("type", "summary_text").put("text", "");
        ObjectNode full = node().put("type", "summary_text").put("text", thought.text());
        events.add(
                "response.reasoning_summary_part.added",
                at(id, index).put("summary_index", 0).set("part", empty),
                false);
        for (String piece : reply.pieces(thought.text())) {
            events.add(
                    "response.reasoning_summary_text.delta",
                    delta(id, index, piece).put("summary_index", 0),
                    true);
        }
        events.add(
                "response.reasoning_summary_text.done",
                at(id, index).put("summary_index", 0).put("text", thought.text()),
                false);
        events.add(
                "response.reasoning_summary_part.done",
                at(id, index).put("summary_index", 0).set("part", full),
                false);
    }

    private void content(ObjectNode item, String id, int index, ResponsesForm.Events events) {
        ObjectNode full = (ObjectNode) item.path("content").path(0);
        String field = full.has("refusal") ? "refusal" : "text";
        String kind = full.has("refusal") ? "response.refusal" : "response.output_text";
        ObjectNode empty = full.deepCopy().put(field, "");
        events.add(
                "response.content_part.added",
                at(id, index).put("content_index", 0).set("part", empty),
                false);
        for (String piece : reply.pieces(full.path(field).asString(""))) {
            events.add(kind + ".delta", delta(id, index, piece).put("content_index", 0), true);
        }
        ObjectNode done = at(id, index).put("content_index", 0);
        events.add(kind + ".done", done.set(field, full.path(field)), false);
        events.add(
                "response.content_part.done",
                at(id, index).put("content_index", 0).set("part", full),
                false);
    }

    private ObjectNode item(Part part) {
        ObjectNode item = node();
        if (part instanceof Part.Thought thought) {
            reasoning = reply.issued().next("rs_");
            item.put("id", reasoning).put("type", "reasoning");
            var summary = item.putArray("summary");
            if (summarised && !thought.text().isEmpty()) {
                summary.addObject().put("type", "summary_text").put("text", thought.text());
            }
            if (encrypted) {
                item.put("encrypted_content", reply.issued().encrypted(reasoning));
            }
        } else if (part instanceof Part.Call call) {
            if (encrypted && !reasoning.isEmpty()) {
                reply.issued().reasoned(call.id(), reasoning);
            }
            item.put("id", reply.issued().next("fc_")).put("type", "function_call");
            item.put("arguments", call.arguments()).put("call_id", call.id()).put("name", call.name());
        } else {
            item.put("id", reply.issued().next("msg_")).put("type", "message");
            ObjectNode content =
                    item.put("role", "assistant").putArray("content").addObject();
            if (part instanceof Part.Refusal refusal) {
                content.put("type", "refusal").put("refusal", refusal.text());
            } else if (part instanceof Part.Text text) {
                content.put("type", "output_text").putArray("annotations");
                content.put("text", text.text()).putArray("logprobs");
            }
        }
        return item;
    }

    private static ObjectNode delta(String id, int index, String piece) {
        return at(id, index).put("delta", piece).put("obfuscation", "mock");
    }

    private static ObjectNode at(String id, int index) {
        return node().put("item_id", id).put("output_index", index);
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }
}
