package dev.katra.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream as the vendor's own client receives it. Reading one also checks what that client forgives: the order of the
 * events, the count of the blocks, and that each delta suits its block.
 */
public final class ReceivedStream {

    private static final Map<String, String> BLOCK_OF_DELTA = Map.of(
            "text_delta", "text",
            "thinking_delta", "thinking",
            "signature_delta", "thinking",
            "input_json_delta", "tool_use");

    private final List<JsonNode> events = new ArrayList<>();

    private ReceivedStream(String stream) {
        assertThat(stream).endsWith("\n\n");
        for (String frame : stream.split("\n\n", -1)) {
            if (!frame.isEmpty()) {
                String[] lines = frame.split("\n", -1);
                assertThat(lines).hasSize(2);
                JsonNode event = JsonMapper.shared().readTree(lines[1].substring("data: ".length()));
                assertThat(lines[0]).isEqualTo("event: " + event.path("type").asString(""));
                events.add(event);
            }
        }
    }

    public static ReceivedStream of(String stream) {
        var received = new ReceivedStream(stream);
        received.checkOrder();
        return received;
    }

    public List<JsonNode> events() {
        return List.copyOf(events);
    }

    public List<String> types() {
        return events.stream().map(event -> event.path("type").asString("")).toList();
    }

    /** The message that the vendor's client makes of it. */
    public JsonNode message() {
        try {
            var accumulator = MessageAccumulator.create();
            for (JsonNode event : events) {
                if (!event.path("type").asString("").equals("ping")) {
                    accumulator.accumulate(ObjectMappers.jsonMapper()
                            .readValue(event.toString(), RawMessageStreamEvent.class)
                            .validate());
                }
            }
            return JsonMapper.shared()
                    .readTree(ObjectMappers.jsonMapper()
                            .writeValueAsString(accumulator.message().validate()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void checkOrder() {
        int next = 0;
        String open = "";
        boolean over = false;
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            String type = event.path("type").asString("");
            assertThat(over).as("nothing follows the end: %s", types()).isFalse();
            assertThat(type.equals("message_start")).as("one start, first").isEqualTo(i == 0 && !type.equals("error"));
            switch (type) {
                case "message_start", "ping" -> {}
                case "content_block_start" -> {
                    assertThat(open).as("blocks do not overlap").isEmpty();
                    assertThat(event.path("index").asInt(-1)).isEqualTo(next);
                    open = event.path("content_block").path("type").asString("");
                }
                case "content_block_delta" -> {
                    assertThat(event.path("index").asInt(-1)).isEqualTo(next);
                    assertThat(BLOCK_OF_DELTA.get(
                                    event.path("delta").path("type").asString("")))
                            .isEqualTo(open);
                }
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt(-1)).isEqualTo(next++);
                    assertThat(open).isNotEmpty();
                    open = "";
                }
                case "message_delta" -> assertThat(open).isEmpty();
                case "message_stop", "error" -> over = true;
                default -> throw new AssertionError("event " + event);
            }
        }
        assertThat(over).as("the stream ends").isTrue();
    }
}
