package dev.katra.gateway.mock;

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
            "prompt_cache_key",
            "safety_identifier",
            "user",
            "seed",
            "n",
            "stream",
            "stream_options",
            "thinking");

    private final Vendor vendor;
    private final IssuedItems issued;

    ChatJudge(Vendor vendor, IssuedItems issued) {
        this.vendor = vendor;
        this.issued = issued;
    }

    /** Takes it, or says why some vendor would not, as {@link StrictRejection}. */
    public static void accept(JsonNode body) {
        Vendor.without(body, "thinking", "");
        new ChatJudge(Vendor.ANY, IssuedItems.anything()).judge(body);
    }

    void judge(JsonNode body) {
        Vendor.parameters(body, FIELDS);
        vendor.model(body.path("model").asString(""));
        settings(body);
        tools(body);
        messages(body.path("messages"));
    }

    private void settings(JsonNode body) {
        if (vendor.has(Rule.REASONING_MODEL)) {
            Vendor.without(body, "max_tokens", " Use 'max_completion_tokens' instead.");
            for (String name : new String[] {"temperature", "top_p", "stop"}) {
                Vendor.without(body, name, "");
            }
        }
        StrictRejection.unless(
                !(body.has("max_tokens") && body.has("max_completion_tokens")),
                "max_tokens",
                "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
        vendor.cap(body, "max_tokens");
        vendor.cap(body, "max_completion_tokens");
        vendor.effort(body.path("reasoning_effort"), "reasoning_effort");
        boolean none = body.path("reasoning_effort").asString("").equals("none");
        StrictRejection.unless(
                !vendor.has(Rule.NO_REASONING_WITH_TOOLS) || !body.has("tools") || none,
                "reasoning_effort",
                null,
                "Function tools with reasoning_effort are not supported for " + body.path("model") + " in"
                        + " /v1/chat/completions. Please use /v1/responses or set reasoning_effort to 'none'.");
        if (!vendor.has(Rule.REASONING_CONTENT)) {
            Vendor.without(body, "thinking", "");
        }
        boolean streams = body.path("stream").asBoolean(false);
        StrictRejection.unless(
                streams || !body.has("stream_options"),
                "stream_options",
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        if (vendor.has(Rule.NO_STREAM_OPTIONS)) {
            Vendor.without(body, "stream_options", "");
        }
        if (vendor.has(Rule.NO_PARALLEL_FLAG)) {
            Vendor.without(body, "parallel_tool_calls", "");
        }
        StrictRejection.unless(
                body.path("stop").size() <= 4, "stop", "Invalid 'stop': array too long, at most 4 are allowed.");
    }

    private static void tools(JsonNode body) {
        ToolJudge.offered(body, "/function/name", "/function/name");
        int index = 0;
        for (JsonNode tool : body.path("tools")) {
            String param = "tools[" + index++ + "]";
            StrictRejection.unless(
                    tool.path("type").asString("").equals("function"), param + ".type", "Invalid value: " + tool);
            String name = ToolJudge.name(tool.path("function").path("name"), param + ".function.name");
            ToolJudge.parameters(tool.path("function").path("parameters"), name, param + ".function.parameters");
        }
    }

    private void messages(JsonNode messages) {
        StrictRejection.unless(!messages.isEmpty(), "messages", "empty_array", "Invalid 'messages': empty array.");
        List<String> waiting = new ArrayList<>();
        String before = "";
        int index = 0;
        for (JsonNode message : messages) {
            String param = "messages.[" + index++ + "]";
            String role = message.path("role").asString("");
            if (!role.equals("tool")) {
                unanswered(waiting, param);
            }
            var judge = new ChatMessageJudge(message, param);
            switch (role) {
                case "system", "developer" -> {
                    StrictRejection.unless(
                            index == 1 || !vendor.has(Rule.ONE_SYSTEM),
                            param,
                            "System message must be at the beginning.");
                    judge.system();
                }
                case "user" -> judge.user();
                case "assistant" -> waiting.addAll(judge.assistant(vendor, issued));
                case "tool" -> judge.tool(waiting);
                default -> StrictRejection.unless(false, param + ".role", "Invalid value: '" + role + "'.");
            }
            StrictRejection.unless(
                    !vendor.has(Rule.ALTERNATE) || role.equals("tool") || !role.equals(before),
                    param,
                    "Conversation roles must alternate user/assistant/user/assistant/...");
            before = role;
        }
        unanswered(waiting, "messages");
    }

    private static void unanswered(List<String> waiting, String param) {
        StrictRejection.unless(
                waiting.isEmpty(),
                param,
                null,
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                        + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
                        + String.join(", ", waiting));
    }
}
