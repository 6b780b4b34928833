package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses the input items that a strict Responses endpoint refuses. */
final class InputJudge {

    private static final Set<String> ROLES = Set.of("user", "system", "developer", "assistant");

    private final Vendor vendor;
    private final IssuedItems issued;
    private final List<String> waiting = new ArrayList<>();
    private final Set<String> called = new HashSet<>();
    private final Set<String> thoughts = new HashSet<>();

    InputJudge(Vendor vendor, IssuedItems issued) {
        this.vendor = vendor;
        this.issued = issued;
    }

    void judge(JsonNode input) {
        StrictRejection.unless(!input.isEmpty(), "input", "empty_array", "Invalid 'input': empty array.");
        boolean reasoned = false;
        int index = 0;
        for (JsonNode item : input) {
            String param = "input[" + index++ + "]";
            String type = item.path("type").asString("");
            boolean answer = type.equals("function_call") || type.equals("reasoning") || assistant(item);
            followed(!reasoned || answer, param);
            reasoned = type.equals("reasoning");
            if (!answer && !type.equals("function_call_output")) {
                answered();
            }
            item(item, type, param);
        }
        answered();
        followed(!reasoned, "input");
    }

    private void item(JsonNode item, String type, String param) {
        switch (type) {
            case "message" -> {
                Vendor.parameters(item, Set.of("type", "role", "content"));
                message(item, param);
            }
            case "reasoning" -> reasoning(item, param);
            case "function_call" -> call(item, param);
            case "function_call_output" -> {
                Vendor.parameters(item, Set.of("type", "call_id", "output"));
                String id = item.path("call_id").asString("");
                StrictRejection.unless(
                        waiting.remove(id),
                        "input",
                        null,
                        "No tool call found for function call output with call_id " + id + ".");
                output(item.path("output"), param + ".output");
            }
            default -> StrictRejection.unless(false, param + ".type", "Invalid value: '" + type + "'.");
        }
    }

    private void reasoning(JsonNode item, String param) {
        Vendor.parameters(item, Set.of("type", "id", "encrypted_content", "summary"));
        StrictRejection.unless(
                item.path("summary").isArray(), param, "Missing required parameter: '" + param + ".summary'.");
        String content = item.path("encrypted_content").asString("");
        String id = item.path("id").asString("");
        StrictRejection.unless(
                issued.encrypted(content, id),
                null,
                "invalid_encrypted_content",
                "The encrypted content for item " + id + " could not be verified. Reason: Encrypted content could not"
                        + " be decrypted or parsed.");
        String known = issued.reasoning(content);
        if (known != null) {
            thoughts.add(known);
        }
    }

    private void call(JsonNode item, String param) {
        Vendor.parameters(item, Set.of("type", "id", "call_id", "name", "arguments"));
        ToolJudge.name(item.path("name"), param + ".name");
        ToolJudge.arguments(item.path("arguments"), param + ".arguments");
        String id = ToolJudge.id(item.path("call_id"), param + ".call_id");
        StrictRejection.unless(called.add(id), param, "Duplicate function call with call_id " + id);
        waiting.add(id);
        String reasoning = issued.reasoningOf(id);
        StrictRejection.unless(
                vendor.has(Rule.REASONING_MAY_BE_LOST) || reasoning == null || thoughts.contains(reasoning),
                "input",
                null,
                "Item '" + id + "' of type 'function_call' was provided without its required 'reasoning' item: '"
                        + reasoning + "'.");
    }

    private static void message(JsonNode item, String param) {
        StrictRejection.unless(
                ROLES.contains(item.path("role").asString("")), param + ".role", "Invalid value: " + item.path("role"));
        StrictRejection.unless(!item.path("content").isEmpty(), param + ".content", "the content is empty");
        for (JsonNode part : item.path("content")) {
            boolean output = part.path("type").asString("").equals("output_text");
            StrictRejection.unless(
                    output == assistant(item),
                    param + ".content",
                    "Invalid value: " + part.path("type") + " in a message of role " + item.path("role"));
            part(part, param + ".content");
        }
    }

    private static boolean assistant(JsonNode item) {
        return item.path("role").asString("").equals("assistant");
    }

    private static void output(JsonNode output, String param) {
        if (!output.isString()) {
            StrictRejection.unless(output.isArray() && !output.isEmpty(), param, "Invalid type: expected output.");
            output.forEach(part -> part(part, param));
        }
    }

    private static void part(JsonNode part, String param) {
        String field =
                switch (part.path("type").asString("")) {
                    case "input_text", "output_text" -> "text";
                    case "input_image" -> "image_url";
                    case "input_file" -> part.has("file_data") ? "file_data" : "file_url";
                    default -> "";
                };
        StrictRejection.unless(!part.path(field).asString("").isEmpty(), param, "Invalid value: " + part);
    }

    private void answered() {
        StrictRejection.unless(
                waiting.isEmpty(),
                "input",
                null,
                "No tool output found for function call " + String.join(", ", waiting) + ".");
    }

    private static void followed(boolean holds, String param) {
        StrictRejection.unless(
                holds, param, null, "Item of type 'reasoning' was provided without its required following item.");
    }
}
