package dev.katra.mcp.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses what a strict Responses endpoint refuses. */
public final class ResponsesJudge {

    private static final Set<String> FIELDS = Set.of(
            "model",
            "instructions",
            "input",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "max_output_tokens",
            "temperature",
            "top_p",
            "reasoning",
            "include",
            "text",
            "prompt_cache_key",
            "store",
            "stream");

    private ResponsesJudge() {}

    public static void accept(JsonNode body) {
        assertThat(FIELDS).containsAll(body.propertyNames());
        assertThat(body.path("input")).isNotEmpty();
        assertThat(body.path("store").asBoolean(true)).isFalse();
        assertThat(body.path("max_output_tokens").asInt(16)).isGreaterThanOrEqualTo(16);
        items(body);
        tools(body);
    }

    private static void items(JsonNode body) {
        List<String> waiting = new ArrayList<>();
        List<String> called = new ArrayList<>();
        boolean reasoned = false;
        for (JsonNode item : body.path("input")) {
            String type = item.path("type").asString("");
            boolean answer = type.equals("function_call") || type.equals("reasoning") || assistant(item);
            assertThat(!reasoned || answer)
                    .as("reasoning without its following item: %s", body)
                    .isTrue();
            reasoned = type.equals("reasoning");
            if (!answer && !type.equals("function_call_output")) {
                assertThat(waiting).as("no tool output found: %s", body).isEmpty();
            }
            switch (type) {
                case "message" -> message(item);
                case "reasoning" -> {
                    assertThat(item.path("encrypted_content").asString("")).isNotEmpty();
                    assertThat(item.path("summary").isArray()).isTrue();
                }
                case "function_call" -> {
                    Tools.name(item.path("name"));
                    Tools.arguments(item.path("arguments"));
                    waiting.add(Tools.id(item.path("call_id")));
                    called.add(item.path("call_id").asString(""));
                }
                case "function_call_output" -> {
                    String id = item.path("call_id").asString("");
                    assertThat(waiting).as("no tool call found: %s", body).contains(id);
                    waiting.remove(id);
                    output(item.path("output"));
                }
                default -> throw new AssertionError("item " + item);
            }
        }
        assertThat(waiting).as("no tool output found: %s", body).isEmpty();
        assertThat(called).doesNotHaveDuplicates();
        assertThat(reasoned).as("reasoning without its following item").isFalse();
    }

    private static boolean assistant(JsonNode item) {
        return item.path("role").asString("").equals("assistant");
    }

    private static void message(JsonNode item) {
        assertThat(Set.of("user", "system", "developer", "assistant"))
                .contains(item.path("role").asString(""));
        assertThat(item.path("content")).isNotEmpty();
        for (JsonNode part : item.path("content")) {
            String type = part.path("type").asString("");
            assertThat(type.equals("output_text")).isEqualTo(assistant(item));
            part(part);
        }
    }

    private static void output(JsonNode output) {
        if (!output.isString()) {
            assertThat(output).isNotEmpty();
            output.forEach(ResponsesJudge::part);
        }
    }

    private static void part(JsonNode part) {
        switch (part.path("type").asString("")) {
            case "input_text", "output_text" ->
                assertThat(part.path("text").asString("")).isNotEmpty();
            case "input_image" ->
                assertThat(part.path("image_url").asString("")).isNotEmpty();
            case "input_file" ->
                assertThat(part.path("file_data").asString(part.path("file_url").asString("")))
                        .isNotEmpty();
            default -> throw new AssertionError("part " + part);
        }
    }

    private static void tools(JsonNode body) {
        if (!body.has("tools")) {
            assertThat(body.has("tool_choice")).isFalse();
            return;
        }
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asString("").equals("function")) {
                assertThat(tool.path("strict").asBoolean(true)).isFalse();
                Tools.name(tool.path("name"));
                Tools.parameters(tool.path("parameters"));
            } else {
                assertThat(tool.path("type").asString("")).isEqualTo("web_search");
            }
        }
    }
}
