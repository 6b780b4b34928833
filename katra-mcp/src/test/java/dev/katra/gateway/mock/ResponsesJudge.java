package dev.katra.gateway.mock;

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
            "safety_identifier",
            "store",
            "stream");

    private static final Set<String> INCLUDES =
            Set.of("reasoning.encrypted_content", "web_search_call.action.sources", "message.output_text.logprobs");

    private final Vendor vendor;
    private final IssuedItems issued;

    ResponsesJudge(Vendor vendor, IssuedItems issued) {
        this.vendor = vendor;
        this.issued = issued;
    }

    /** Takes it, or says why some vendor would not, as {@link StrictRejection}. */
    public static void accept(JsonNode body) {
        new ResponsesJudge(Vendor.ANY, IssuedItems.anything()).judge(body);
    }

    void judge(JsonNode body) {
        Vendor.parameters(body, FIELDS);
        vendor.model(body.path("model").asString(""));
        settings(body);
        tools(body);
        new InputJudge(vendor, issued).judge(body.path("input"));
    }

    private void settings(JsonNode body) {
        if (vendor.has(Rule.REASONING_MODEL)) {
            Vendor.without(body, "temperature", "");
            Vendor.without(body, "top_p", "");
        }
        if (vendor.has(Rule.NO_PARALLEL_FLAG)) {
            Vendor.without(body, "parallel_tool_calls", "");
        }
        StrictRejection.unless(
                !body.path("store").asBoolean(true),
                "store",
                "nothing may be stored: 'store' must be false, and is true where it is left out");
        int most = body.path("max_output_tokens").asInt(16);
        StrictRejection.unless(
                most >= 16,
                "max_output_tokens",
                "integer_below_min_value",
                "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got " + most
                        + " instead.");
        vendor.cap(body, "max_output_tokens");
        JsonNode reasoning = body.path("reasoning");
        Vendor.parameters(reasoning, Set.of("effort", "summary"));
        vendor.effort(reasoning.path("effort"), "reasoning.effort");
        for (JsonNode what : body.path("include")) {
            StrictRejection.unless(INCLUDES.contains(what.asString("")), "include", "Invalid value: " + what);
        }
    }

    private static void tools(JsonNode body) {
        ToolJudge.offered(body, "/name", "/name");
        int index = 0;
        for (JsonNode tool : body.path("tools")) {
            String param = "tools[" + index++ + "]";
            if (tool.path("type").asString("").equals("web_search")) {
                continue;
            }
            StrictRejection.unless(
                    tool.path("type").asString("").equals("function"), param + ".type", "Invalid value: " + tool);
            String name = ToolJudge.name(tool.path("name"), param + ".name");
            StrictRejection.unless(
                    !tool.path("strict").asBoolean(true),
                    param + ".parameters",
                    "invalid_function_parameters",
                    "Invalid schema for function '" + name + "': In context=(), 'additionalProperties' is required to"
                            + " be supplied and to be false.");
            ToolJudge.parameters(tool.path("parameters"), name, param + ".parameters");
        }
    }
}
