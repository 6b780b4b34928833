package dev.katra.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses what a strict Chat Completions endpoint refuses in one message. */
final class ChatMessageJudge {

    private static final String UNSIGNED = "skip_thought_signature_validator";

    private final JsonNode message;
    private final String param;

    ChatMessageJudge(JsonNode message, String param) {
        this.message = message;
        this.param = param;
    }

    void system() {
        only("role", "content");
        text();
    }

    void user() {
        only("role", "content");
        JsonNode content = message.path("content");
        if (content.isString()) {
            StrictRejection.unless(!content.asString().isEmpty(), param + ".content", "the content is empty");
            return;
        }
        StrictRejection.unless(
                content.isArray() && !content.isEmpty(),
                param + ".content",
                "invalid_type",
                "Invalid type for '" + param + ".content': expected a string or an array of objects.");
        content.forEach(this::part);
    }

    /** The ids of its calls. */
    List<String> assistant(Vendor vendor, IssuedItems issued) {
        if (vendor.has(Rule.REASONING_CONTENT)) {
            only("role", "content", "tool_calls", "reasoning_content");
        } else {
            only("role", "content", "tool_calls");
        }
        JsonNode content = message.path("content");
        JsonNode calls = message.path("tool_calls");
        StrictRejection.unless(
                calls.isMissingNode() || !calls.isEmpty(),
                param + ".tool_calls",
                "empty_array",
                "Invalid '" + param + ".tool_calls': empty array.");
        StrictRejection.unless(
                content.isNull()
                        ? !calls.isEmpty()
                        : content.isString() && !content.asString().isEmpty(),
                param + ".content",
                "invalid_type",
                "Invalid value for 'content': expected a string, got null or nothing.");
        List<String> ids = new ArrayList<>();
        for (JsonNode call : calls) {
            String id = ToolJudge.id(call.path("id"), param + ".tool_calls.id");
            StrictRejection.unless(!ids.contains(id), param + ".tool_calls", "Duplicate tool call id " + id);
            StrictRejection.unless(
                    call.path("type").asString("").equals("function"), param + ".tool_calls.type", "Invalid value.");
            ToolJudge.name(call.path("function").path("name"), param + ".tool_calls.function.name");
            ToolJudge.arguments(call.path("function").path("arguments"), param + ".tool_calls.function.arguments");
            extra(call, id, ids.isEmpty(), vendor, issued);
            ids.add(id);
        }
        boolean reasoned = ids.stream().anyMatch(id -> issued.reasoningOf(id) != null);
        StrictRejection.unless(
                !vendor.has(Rule.REASONING_CONTENT)
                        || !reasoned
                        || !message.path("reasoning_content").asString("").isEmpty(),
                param,
                VendorError.INVALID,
                "The `reasoning_content` in the thinking mode must be passed back to the API.");
        return ids;
    }

    /** The first call of an answer has its signature; if none was given, the word that stands for one. */
    private void extra(JsonNode call, String id, boolean first, Vendor vendor, IssuedItems issued) {
        if (issued.credulous() && !vendor.has(Rule.THOUGHT_SIGNATURE)) {
            return;
        }
        String known = issued.signatureOf(id);
        boolean wanted = vendor.has(Rule.THOUGHT_SIGNATURE) && (first || known != null);
        Vendor.parameters(
                call, wanted ? Set.of("id", "type", "function", "extra_content") : Set.of("id", "type", "function"));
        if (!wanted) {
            return;
        }
        String given = call.at("/extra_content/google/thought_signature").asString("");
        StrictRejection.unless(
                !given.isEmpty(),
                null,
                null,
                "Function call is missing a thought_signature in functionCall parts. This is required for tools to work"
                        + " correctly, and missing thought_signature may lead to degraded model performance. Additional"
                        + " data, function call `default_api:"
                        + call.path("function").path("name").asString("") + "` , position 2.");
        StrictRejection.unless(
                given.equals(known == null ? UNSIGNED : known), null, null, "Thought signature is not valid.");
    }

    void tool(List<String> waiting) {
        only("role", "content", "tool_call_id");
        text();
        String id = message.path("tool_call_id").asString("");
        StrictRejection.unless(
                waiting.remove(id),
                param + ".role",
                null,
                "Invalid parameter: messages with role 'tool' must be a response to a preceding message with"
                        + " 'tool_calls'. There is none for " + id + ".");
    }

    private void text() {
        StrictRejection.unless(
                message.path("content").isString(),
                param + ".content",
                "invalid_type",
                "Invalid type for '" + param + ".content': expected a string.");
    }

    private void part(JsonNode part) {
        boolean whole =
                switch (part.path("type").asString("")) {
                    case "text" -> !part.path("text").asString("").isEmpty();
                    case "image_url" ->
                        !part.path("image_url").path("url").asString("").isEmpty();
                    case "file" ->
                        part.path("file").path("file_data").asString("").startsWith("data:");
                    default -> false;
                };
        StrictRejection.unless(whole, param + ".content", "Invalid value: " + part);
    }

    private void only(String... names) {
        Vendor.parameters(message, Set.of(names));
    }
}
