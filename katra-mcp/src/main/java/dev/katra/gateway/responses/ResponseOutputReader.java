package dev.katra.gateway.responses;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.codec.OpenCall;
import dev.katra.gateway.codec.ThinkingRelay;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the output items of a response. Endpoints leave out beginnings, pieces or endings: what is missing comes from
 * the next event that has it, and nothing comes twice. They also number items wrongly, or change their ids on the way:
 * an event belongs to the item that it names, or else to the last fitting item at its position.
 */
final class ResponseOutputReader {

    private final String maker;
    private final ToolNames names;
    private final boolean atOnce;
    private final Consumer<AnswerEvent> events;
    private final ThinkingRelay thoughts;
    private final List<OutputItem> items = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private boolean refused;
    private String phase = "";
    private OutputItem.@Nullable Part lastText;
    private OutputItem.@Nullable Part lastThought;

    ResponseOutputReader(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.maker = ThinkingSignature.maker(target);
        this.names = names;
        this.atOnce = whole || target.quirks().has(Quirk.BUFFERED_TOOLS);
        this.events = events;
        this.thoughts = new ThinkingRelay(events);
    }

    private Stream<OutputItem> calls() {
        return items.stream().filter(item -> item.call().named());
    }

    boolean hasCalls() {
        return calls().findAny().isPresent();
    }

    /**
     * Returns whether every call could be made as it is.
     *
     * @param cut whether the response was cut short
     */
    boolean callable(boolean cut) {
        return calls().allMatch(item -> item.call().callable(cut || item.cut()));
    }

    /** Returns whether there is a call that the endpoint says it did not finish, or that has no end. */
    boolean hasUnfinishedCall() {
        return calls().anyMatch(item -> (item.cut() && !item.call().callable(true)) || item.open());
    }

    /** Returns whether there is a call without a name. A call that repeats another one does not count. */
    boolean nameless() {
        return items.stream()
                .filter(item -> item.is(OutputItem.CALL) && !item.call().named() && item.hasContent())
                .anyMatch(item -> calls().noneMatch(other -> item.repeatsCall(other)));
    }

    boolean refused() {
        return refused;
    }

    void event(String type, JsonNode event) {
        switch (type) {
            case "response.output_item.added" -> added(event, event.path("item"));
            case "response.output_item.done" -> done(itemOf(event, event.path("item")), event.path("item"));
            case "response.output_text.delta" -> addText(itemOf(event, OutputItem.MESSAGE), event, "delta");
            case "response.refusal.delta" -> {
                refused = true;
                addText(itemOf(event, OutputItem.MESSAGE), event, "delta");
            }
            case "response.output_text.done" ->
                readWholeText(event, event.path("text").asString(""));
            case "response.refusal.done" -> {
                refused |= !event.path("refusal").asString("").isEmpty();
                readWholeText(event, event.path("refusal").asString(""));
            }
            case "response.content_part.done" -> part(event, event.path("part"));
            case "response.output_text.annotation.added" -> source(event.path("annotation"));
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                addThinking(
                        itemOf(event, OutputItem.REASONING),
                        thought(event),
                        event.path("delta").asString(""));
            case "response.reasoning_summary_text.done", "response.reasoning_text.done" ->
                thought(event, event.path("text").asString(""));
            case "response.reasoning_summary_part.done" ->
                thought(event, event.path("part").path("text").asString(""));
            case "response.function_call_arguments.delta" -> {
                thoughts.close();
                OutputItem item = itemOf(event, OutputItem.CALL);
                item.arguments(event.path("delta").asString(""));
                item.call().arguments(event.path("delta").asString(""));
            }
            case "response.function_call_arguments.done" ->
                itemOf(event, OutputItem.CALL)
                        .endArguments(event.path("arguments").asString(""));
            default -> {}
        }
    }

    /** Takes all items, as the response lists them at its end. */
    void readAll(JsonNode output) {
        List<JsonNode> nodes = new ArrayList<>();
        output.forEach(nodes::add);
        Set<OutputItem> taken = new HashSet<>();
        List<@Nullable OutputItem> found = new ArrayList<>();
        for (JsonNode node : nodes) {
            OutputItem item = findById(node, each -> !taken.contains(each));
            found.add(item);
            if (item != null) {
                taken.add(item);
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            OutputItem item = found.get(i);
            if (item == null) {
                String kind = node.path("type").asString("");
                item = items.stream()
                        .filter(each -> !taken.contains(each) && each.is(kind) && each.mayBecome(node))
                        .findFirst()
                        .orElseGet(() -> begin(kind));
                taken.add(item);
            }
            done(item, node);
        }
    }

    /**
     * Ends the response.
     *
     * @param whole whether the response is complete; a call that was cut is neither repaired nor passed on as if it
     *     were complete
     */
    void end(boolean whole) {
        thoughts.close();
        calls().forEach(item -> {
            if (whole && !item.cut()) {
                item.call().end(true);
            } else if (item.call().callable(true)) {
                item.call().end(false);
            } else {
                item.call().breakOff();
            }
        });
        if (!sources.isEmpty()) {
            events.accept(new AnswerEvent.TextDelta("\n\nSources:\n" + String.join("\n", sources)));
        }
    }

    private void added(JsonNode event, JsonNode node) {
        String kind = node.path("type").asString("");
        int place = place(event);
        OutputItem item = findById(node, each -> true);
        if (item == null) {
            item = last(each -> each.at(place) && !each.begun() && !each.done() && each.suits(kind));
        }
        item = item == null ? begin(kind) : item;
        item.noteEvent(kind, place, node.path("id").asString("")).takeHead(node);
        if (kind.equals(OutputItem.CALL)) {
            thoughts.close();
            items.forEach(each -> each.call().announce());
            head(item, node);
        }
    }

    private void done(OutputItem item, JsonNode node) {
        String kind = node.path("type").asString("");
        item.noteEvent(kind, -1, node.path("id").asString("")).takeHead(node);
        boolean first = item.markDone(node);
        switch (kind) {
            case OutputItem.CALL -> {
                thoughts.close();
                head(item, node);
                item.call().addAllArguments(node.path("arguments").asString(""));
                boolean told = !node.path("arguments").asString("").isEmpty();
                if (told && item.call().named() && item.call().callable(item.cut())) {
                    item.call().end(true);
                }
            }
            case OutputItem.MESSAGE -> message(item, node);
            case OutputItem.REASONING -> {
                if (first) {
                    reasoning(item, node);
                }
            }
            default -> {}
        }
    }

    private static void head(OutputItem item, JsonNode node) {
        item.call().id(node.path("call_id").asString(""));
        item.call().name(node.path("name").asString(""));
    }

    private void message(OutputItem item, JsonNode node) {
        int part = 0;
        for (JsonNode content : node.path("content")) {
            String refusal = content.path("refusal").asString("");
            refused |= !refusal.isEmpty();
            String text = content.path("text").asString("") + refusal;
            OutputItem.Rest rest = item.rest(String.valueOf(part++), text, true);
            addText(item, rest.part(), rest.text());
            content.path("annotations").forEach(this::source);
        }
    }

    private void reasoning(OutputItem item, JsonNode node) {
        if (!item.hasText()) {
            int part = 0;
            JsonNode texts = node.path("summary").isEmpty() ? node.path("content") : node.path("summary");
            for (JsonNode text : texts) {
                addThinking(item, String.valueOf(part++), text.path("text").asString(""));
            }
        }
        String encrypted = node.path("encrypted_content").asString("");
        if (!encrypted.isEmpty()) {
            thoughts.sign(ThinkingSignature.of(
                    new ThinkingSignature.Item(maker, node.path("id").asString(""), encrypted)));
            lastText = null;
        } else {
            thoughts.close();
        }
    }

    private void part(JsonNode event, JsonNode part) {
        String refusal = part.path("refusal").asString("");
        refused |= !refusal.isEmpty();
        if (part.path("type").asString("").equals("reasoning_text")) {
            thought(event, part.path("text").asString(""));
        } else {
            readWholeText(event, part.path("text").asString("") + refusal);
        }
    }

    /** Takes the whole text of a part of a message. */
    private void readWholeText(JsonNode event, String text) {
        if (!text.isEmpty()) {
            OutputItem item = itemOf(event, OutputItem.MESSAGE);
            OutputItem.Rest rest = item.rest(event.path("content_index").asString("0"), text, false);
            addText(item, rest.part(), rest.text());
        }
    }

    /** Takes the whole text of a part of a reasoning. */
    private void thought(JsonNode event, String text) {
        OutputItem item = itemOf(event, OutputItem.REASONING);
        if (!text.isEmpty() && !item.done()) {
            OutputItem.Rest rest = item.rest(thought(event), text, false);
            addThinking(rest.part(), rest.text());
        }
    }

    private static String thought(JsonNode event) {
        return event.path("summary_index").asString(event.path("content_index").asString("0"));
    }

    private void addText(OutputItem item, JsonNode event, String field) {
        addText(
                item,
                item.part(event.path("content_index").asString("0")),
                event.path(field).asString(""));
    }

    /** Adds text to a part. Texts of neighbouring items or parts become one block; a blank line separates them. */
    private void addText(OutputItem item, OutputItem.Part part, String text) {
        if (text.isEmpty()) {
            return;
        }
        thoughts.close();
        if (!item.phase().isEmpty() && !(item.phase().equals(phase) && lastText != null)) {
            events.accept(new AnswerEvent.ThinkingSigned(
                    ThinkingSignature.of(new ThinkingSignature.Phase(maker, item.phase()))));
            lastText = null;
        }
        phase = item.phase();
        boolean next = lastText != null && lastText != part;
        lastText = part;
        part.add(text);
        events.accept(new AnswerEvent.TextDelta(next ? "\n\n" + text : text));
    }

    private void addThinking(OutputItem item, String key, String text) {
        addThinking(item.part(key), text);
    }

    private void addThinking(OutputItem.Part part, String text) {
        if (!text.isEmpty()) {
            boolean next = thoughts.open() && lastThought != part;
            lastThought = part;
            part.add(text);
            lastText = null;
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

    private OutputItem begin(String kind) {
        OutputItem item = new OutputItem(new OpenCall(items.size(), names, atOnce, this::callEvent));
        item.noteEvent(kind, -1, "");
        items.add(item);
        return item;
    }

    private void callEvent(AnswerEvent event) {
        lastText = null;
        events.accept(event);
    }

    /** Returns the item that a piece belongs to, and begins one if there is none. */
    private OutputItem itemOf(JsonNode event, String kind) {
        String id = event.path("item_id").asString("");
        int place = place(event);
        OutputItem item = last(each -> each.named(id) && each.suits(kind));
        if (item == null) {
            item = last(each -> each.at(place)
                    && !each.done()
                    && each.suits(kind)
                    && (each.begun() || each.nameless() || id.isEmpty()));
        }
        if (item == null && place < 0 && id.isEmpty()) {
            item = last(each -> !each.done() && each.is(kind));
        }
        return (item == null ? begin(kind) : item).noteEvent(kind, place, id);
    }

    /** Returns the item whose whole content has come, and begins one if there is none. */
    private OutputItem itemOf(JsonNode event, JsonNode node) {
        String kind = node.path("type").asString("");
        int place = place(event);
        OutputItem item = findById(node, each -> true);
        if (item == null) {
            item = last(each -> (each.at(place) || place < 0)
                    && !each.done()
                    && each.suits(kind)
                    && ((each.begun() && each.is(OutputItem.MESSAGE)) || each.mayBecome(node)));
        }
        return (item == null ? begin(kind) : item).noteEvent(kind, place, "");
    }

    /** Returns the item with the ids of this one; null if there is none. */
    private @Nullable OutputItem findById(JsonNode node, Predicate<OutputItem> free) {
        String kind = node.path("type").asString("");
        String call = node.path("call_id").asString("");
        String id = node.path("id").asString("");
        OutputItem item = last(each -> each.calls(call) && free.test(each));
        return item != null
                ? item
                : last(each -> each.named(id)
                        && each.suits(kind)
                        && free.test(each)
                        && (!kind.equals(OutputItem.CALL) || each.mayBecome(node)));
    }

    private @Nullable OutputItem last(Predicate<OutputItem> wanted) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (wanted.test(items.get(i))) {
                return items.get(i);
            }
        }
        return null;
    }

    private static int place(JsonNode event) {
        return event.path("output_index").isNumber()
                ? event.path("output_index").asInt(0)
                : -1;
    }
}
