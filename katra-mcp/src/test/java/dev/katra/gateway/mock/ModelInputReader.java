package dev.katra.gateway.mock;

import dev.katra.gateway.mock.ModelInput.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads what is asked out of a request of any format. */
final class ModelInputReader {

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, String> tools = new HashMap<>();
    private int images;

    private ModelInputReader() {}

    static ModelInput read(Api api, JsonNode body) {
        var reader = new ModelInputReader();
        reader.said("system", body.path("system"));
        reader.said("system", body.path("instructions"));
        if (body.path("input").isString()) {
            reader.said("user", body.path("input"));
        }
        body.path("messages").forEach(reader::message);
        body.path("input").forEach(reader::item);
        List<String> offered = body.path("tools").values().stream()
                .map(tool -> tool.path("name")
                        .asString(tool.path("function").path("name").asString("")))
                .filter(name -> !name.isEmpty())
                .toList();
        return new ModelInput(api, body, offered, String.join("\n\n", reader.system), reader.turns, reader.images);
    }

    private void item(JsonNode item) {
        switch (item.path("type").asString("message")) {
            case "message" -> message(item);
            case "function_call" -> called(item.path("call_id"), item.path("name"), item.path("arguments"));
            case "function_call_output" -> result(item.path("call_id"), item.path("output"));
            default -> {}
        }
    }

    private void message(JsonNode message) {
        String role = message.path("role").asString("");
        if (role.equals("tool")) {
            result(message.path("tool_call_id"), message.path("content"));
            return;
        }
        said(role, message.path("content"));
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            called(call.path("id"), function.path("name"), function.path("arguments"));
        }
    }

    /** Texts of one message are one turn, apart from the calls and results between them. */
    private void said(String role, JsonNode content) {
        if (content.isString()) {
            say(role, content.asString());
            return;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "tool_use" -> {
                    say(role, texts);
                    called(block.path("id"), block.path("name"), block.path("input"));
                }
                case "tool_result" -> {
                    say(role, texts);
                    result(block.path("tool_use_id"), block.path("content"));
                }
                default -> texts.add(text(block));
            }
        }
        say(role, texts);
    }

    private void say(String role, List<String> texts) {
        say(role, String.join("\n", texts));
        texts.clear();
    }

    private void say(String role, String text) {
        if (text.isEmpty()) {
            return;
        }
        switch (role) {
            case "system", "developer" -> system.add(text);
            case "assistant" -> turns.add(new Turn.Model(text));
            default -> turns.add(new Turn.User(text));
        }
    }

    private void called(JsonNode id, JsonNode name, JsonNode arguments) {
        tools.put(id.asString(""), name.asString(""));
        turns.add(new Turn.Called(
                id.asString(""),
                name.asString(""),
                arguments.isString() ? arguments.asString() : arguments.toString()));
    }

    private void result(JsonNode id, JsonNode content) {
        List<String> texts = new ArrayList<>();
        if (content.isString()) {
            texts.add(content.asString());
        }
        content.forEach(block -> texts.add(text(block)));
        String tool = tools.getOrDefault(id.asString(""), "");
        turns.add(new Turn.Result(id.asString(""), tool, String.join("\n", texts)));
    }

    private String text(JsonNode block) {
        if (block.path("type").asString("").contains("image")) {
            images++;
        }
        return block.path("text").asString("");
    }
}
