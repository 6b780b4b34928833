package dev.katra.mcp.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses what a strict Chat Completions endpoint refuses. */
public final class ChatJudge {

    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "stop",
            "reasoning_effort",
            "response_format",
            "stream",
            "stream_options");

    private ChatJudge() {}

    public static void accept(JsonNode body) {
        assertThat(FIELDS).containsAll(body.propertyNames());
        assertThat(body.path("messages")).isNotEmpty();
        List<String> waiting = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asString("");
            if (!role.equals("tool")) {
                assertThat(waiting)
                        .as("tool calls without a tool message: %s", body)
                        .isEmpty();
            }
            switch (role) {
                case "system", "developer" -> text(message);
                case "user" -> user(message);
                case "assistant" -> assistant(message, waiting);
                case "tool" -> {
                    text(message);
                    String id = message.path("tool_call_id").asString("");
                    assertThat(waiting)
                            .as("a tool message without a call: %s", body)
                            .contains(id);
                    waiting.remove(id);
                }
                default -> throw new AssertionError("role " + role);
            }
        }
        assertThat(waiting).as("tool calls without a tool message: %s", body).isEmpty();
        tools(body);
    }

    private static void text(JsonNode message) {
        assertThat(message.path("content").isString()).as("%s", message).isTrue();
    }

    private static void user(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            assertThat(content.asString()).isNotEmpty();
            return;
        }
        assertThat(content).isNotEmpty();
        for (JsonNode part : content) {
            switch (part.path("type").asString("")) {
                case "text" -> assertThat(part.path("text").asString("")).isNotEmpty();
                case "image_url" ->
                    assertThat(part.path("image_url").path("url").asString("")).isNotEmpty();
                case "file" ->
                    assertThat(part.path("file").path("file_data").asString("")).startsWith("data:");
                default -> throw new AssertionError("part " + part);
            }
        }
    }

    private static void assistant(JsonNode message, List<String> waiting) {
        JsonNode content = message.path("content");
        boolean calls = message.has("tool_calls");
        assertThat(content.isNull() ? calls : !content.asString("").isEmpty())
                .as("%s", message)
                .isTrue();
        if (calls) {
            assertThat(message.path("tool_calls")).isNotEmpty();
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            Tools.name(function.path("name"));
            Tools.arguments(function.path("arguments"));
            waiting.add(Tools.id(call.path("id")));
        }
        assertThat(waiting).doesNotHaveDuplicates();
    }

    private static void tools(JsonNode body) {
        if (!body.has("tools")) {
            assertThat(body.has("tool_choice")).isFalse();
            assertThat(body.has("parallel_tool_calls")).isFalse();
            return;
        }
        assertThat(body.path("tools").size()).isBetween(1, 128);
        for (JsonNode tool : body.path("tools")) {
            assertThat(tool.path("type").asString("")).isEqualTo("function");
            Tools.name(tool.path("function").path("name"));
            Tools.parameters(tool.path("function").path("parameters"));
        }
    }
}
