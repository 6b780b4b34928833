package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Responses. */
final class ResponsesForm implements AnswerFormat {

    private static final int CREATED = 1_795_000_000;
    private static final String[] ECHOED = {
        "instructions", "max_output_tokens", "reasoning", "text", "tool_choice", "tools", "prompt_cache_key"
    };

    @Override
    public List<Frame> stream(Reply reply) {
        var items = new ResponsesItemForm(reply);
        String id = reply.issued().next("resp_");
        var events = new Events();
        events.add("response.created", node().set("response", response(reply, id, "in_progress")), false);
        events.add("response.in_progress", node().set("response", response(reply, id, "in_progress")), false);
        int index = 0;
        for (Part part : reply.parts()) {
            boolean last = index == reply.parts().size() - 1;
            items.stream(part, index++, last, events);
        }
        ObjectNode response = ended(reply, id, items.whole());
        events.add("response." + response.path("status").asString(""), node().set("response", response), false);
        return events.frames;
    }

    @Override
    public JsonNode whole(Reply reply) {
        var items = new ResponsesItemForm(reply);
        int index = 0;
        for (Part part : reply.parts()) {
            boolean last = index++ == reply.parts().size() - 1;
            items.whole(part, last);
        }
        return ended(reply, reply.issued().next("resp_"), items.whole());
    }

    @Override
    public Frame error(VendorError error) {
        ObjectNode event = node().put("type", "error").put("sequence_number", 99);
        event.put("code", error.code() == null ? error.type() : error.code());
        return Frame.named(event.put("message", error.message()).put("param", error.param()), false);
    }

    /** The events of one stream, which are counted. */
    static final class Events {

        private final List<Frame> frames = new ArrayList<>();

        void add(String type, ObjectNode more, boolean piece) {
            ObjectNode event = node().put("type", type).put("sequence_number", frames.size());
            event.setAll(more);
            frames.add(Frame.named(event, piece));
        }
    }

    private static ObjectNode ended(Reply reply, String id, List<ObjectNode> output) {
        Stop stop = reply.answer().stop();
        ObjectNode response = response(reply, id, stop == Stop.NATURAL ? "completed" : "incomplete");
        if (stop != Stop.NATURAL) {
            response.putObject("incomplete_details")
                    .put("reason", stop == Stop.LENGTH ? "max_output_tokens" : "content_filter");
        }
        response.putArray("output").addAll(output);
        return response.set("usage", usage(reply.tokens()));
    }

    /** As it looks while nothing has been written; it repeats what was asked. */
    private static ObjectNode response(Reply reply, String id, String status) {
        JsonNode body = reply.asked().body();
        ObjectNode response = node().put("id", id)
                .put("object", "response")
                .put("created_at", CREATED)
                .put("status", status)
                .put("background", false);
        response.putNull("error").putNull("incomplete_details");
        for (String name : ECHOED) {
            response.set(name, body.has(name) ? body.path(name) : node().nullNode());
        }
        response.put("model", reply.asked().model());
        response.putArray("output");
        response.put("parallel_tool_calls", body.path("parallel_tool_calls").asBoolean(true));
        response.putNull("previous_response_id").put("service_tier", "default").put("store", false);
        response.put("temperature", 1.0).put("top_p", 1.0).put("truncation", "disabled");
        response.putNull("usage").putNull("user").putObject("metadata");
        return response;
    }

    private static ObjectNode usage(Tokens tokens) {
        ObjectNode usage = node().put("input_tokens", tokens.input());
        usage.putObject("input_tokens_details").put("cached_tokens", tokens.cached());
        usage.put("output_tokens", tokens.output());
        usage.putObject("output_tokens_details").put("reasoning_tokens", tokens.reasoning());
        return usage.put("total_tokens", tokens.input() + tokens.output());
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }
}
