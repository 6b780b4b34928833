package dev.katra.mcp.gateway.responses;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.codec.OpenCall;
import dev.katra.mcp.gateway.codec.Thoughts;
import dev.katra.mcp.gateway.thinking.Signature;
import dev.katra.mcp.gateway.tool.CallIds;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The output items of a response. Endpoints leave out beginnings, pieces or endings: whatever has not come before comes
 * from the next event that has it.
 */
final class ResponseItems {

    private final Target target;
    private final ToolNames names;
    private final CallIds ids = new CallIds();
    private final boolean atOnce;
    private final Consumer<AnswerEvent> events;
    private final Thoughts thoughts;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<String> sources = new ArrayList<>();
    private boolean refused;
    private String lastText = "";

    ResponseItems(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.target = target;
        this.names = names;
        this.atOnce = whole || target.quirks().has(Quirk.BUFFERED_TOOLS);
        this.events = events;
        this.thoughts = new Thoughts(events);
    }

    /** What has come of one item. */
    private static final class Item {
        private final StringBuilder text = new StringBuilder();
        private String part = "";
        private boolean done;
        private final OpenCall call;

        private Item(OpenCall call) {
            this.call = call;
        }
    }

    boolean called() {
        return items.values().stream().anyMatch(item -> item.call.named());
    }

    boolean callable(boolean cut) {
        return items.values().stream().filter(item -> item.call.named()).allMatch(item -> item.call.callable(cut));
    }

    boolean refused() {
        return refused;
    }

    void event(String type, JsonNode event) {
        String place = place(event);
        switch (type) {
            case "response.output_item.added" -> added(place, event.path("item"));
            case "response.output_item.done" -> done(place, event.path("item"));
            case "response.output_text.delta" -> say(place, event, "delta");
            case "response.refusal.delta" -> {
                refused = true;
                say(place, event, "delta");
            }
            case "response.output_text.annotation.added" -> source(event.path("annotation"));
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                think(
                        place,
                        event.path("summary_index")
                                .asString(event.path("content_index").asString("")),
                        event.path("delta").asString(""));
            case "response.function_call_arguments.delta" -> {
                thoughts.close();
                item(place).call.arguments(event.path("delta").asString(""));
            }
            case "response.function_call_arguments.done" ->
                item(place).call.rest(event.path("arguments").asString(""));
            default -> {}
        }
    }

    void done(int index, JsonNode item) {
        done(place(index, item.path("id").asString("")), item);
    }

    void end(boolean mend) {
        thoughts.close();
        for (Item item : items.values()) {
            if (item.call.named()) {
                item.call.end(mend);
            }
        }
        if (!sources.isEmpty()) {
            events.accept(new AnswerEvent.TextDelta("\n\nSources:\n" + String.join("\n", sources)));
        }
    }

    private void added(String place, JsonNode node) {
        if (node.path("type").asString("").equals("function_call")) {
            thoughts.close();
            head(item(place), node);
        }
    }

    private void done(String place, JsonNode node) {
        Item item = item(place);
        if (item.done) {
            return;
        }
        item.done = true;
        switch (node.path("type").asString("")) {
            case "function_call" -> {
                thoughts.close();
                head(item, node);
                item.call.rest(node.path("arguments").asString(""));
                boolean cut = node.path("status").asString("").equals("incomplete");
                if (item.call.named() && item.call.callable(cut)) {
                    item.call.end(true);
                }
            }
            case "message" -> message(place, item, node);
            case "reasoning" -> reasoning(place, item, node);
            default -> {}
        }
    }

    private static void head(Item item, JsonNode node) {
        item.call.id(node.path("call_id").asString(""));
        item.call.name(node.path("name").asString(""));
        item.call.announce();
    }

    private void message(String place, Item item, JsonNode node) {
        boolean spoken = !item.text.isEmpty();
        int part = 0;
        for (JsonNode content : node.path("content")) {
            String refusal = content.path("refusal").asString("");
            refused |= !refusal.isEmpty();
            if (!spoken) {
                say(place, String.valueOf(part++), content.path("text").asString("") + refusal);
            }
            content.path("annotations").forEach(this::source);
        }
    }

    private void reasoning(String place, Item item, JsonNode node) {
        if (item.text.isEmpty()) {
            int part = 0;
            JsonNode texts = node.path("summary").isEmpty() ? node.path("content") : node.path("summary");
            for (JsonNode text : texts) {
                think(place, String.valueOf(part++), text.path("text").asString(""));
            }
        }
        String encrypted = node.path("encrypted_content").asString("");
        if (!encrypted.isEmpty()) {
            thoughts.sign(Signature.of(
                    new Signature.Item(target.provider().id(), node.path("id").asString(""), encrypted)));
            lastText = "";
        } else {
            thoughts.close();
        }
    }

    private void say(String place, JsonNode event, String field) {
        say(place, event.path("content_index").asString(""), event.path(field).asString(""));
    }

    /** Texts of neighbouring items or parts become one block; a blank line keeps them apart. */
    private void say(String place, String part, String text) {
        if (text.isEmpty()) {
            return;
        }
        thoughts.close();
        String here = place + "/" + part;
        boolean next = !lastText.isEmpty() && !lastText.equals(here);
        lastText = here;
        item(place).text.append(text);
        events.accept(new AnswerEvent.TextDelta(next ? "\n\n" + text : text));
    }

    private void think(String place, String part, String text) {
        Item item = item(place);
        if (!text.isEmpty()) {
            boolean next = !item.text.isEmpty() && !item.part.equals(part) && thoughts.open();
            item.part = part;
            item.text.append(text);
            lastText = "";
            thoughts.add(next ? "\n\n" + text : text);
        }
    }

    private void source(JsonNode annotation) {
        String url = annotation.path("url").asString("");
        String line = "- [%s](%s)".formatted(annotation.path("title").asString(url), url);
        if (!url.isEmpty() && !sources.contains(line)) {
            sources.add(line);
        }
    }

    private Item item(String place) {
        return items.computeIfAbsent(
                place, key -> new Item(new OpenCall(items.size(), names, ids, atOnce, this::callEvent)));
    }

    private void callEvent(AnswerEvent event) {
        lastText = "";
        events.accept(event);
    }

    private String place(JsonNode event) {
        String id = event.path("item_id").asString(event.path("item").path("id").asString(""));
        return event.path("output_index").isNumber()
                ? place(event.path("output_index").asInt(0), id)
                : known(id);
    }

    /** Ids may change on the way, places do not; an event without a place is found by its id. */
    private String place(int index, String id) {
        String place = String.valueOf(index);
        if (!id.isEmpty()) {
            String first = places.putIfAbsent(id, place);
            return first == null ? place : first;
        }
        return place;
    }

    private String known(String id) {
        return places.computeIfAbsent(id, key -> String.valueOf(places.size()));
    }
}
