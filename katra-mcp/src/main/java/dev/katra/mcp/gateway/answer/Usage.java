package dev.katra.mcp.gateway.answer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer took, in tokens. The three parts of the input do not overlap.
 *
 * @param input read anew
 * @param cacheRead read from a cache
 * @param cacheWrite read and put into a cache
 * @param output written, thinking included
 */
public record Usage(long input, long cacheRead, long cacheWrite, long output) {

    /** Nothing is known. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
    }

    /** The use in an endpoint's own words, as chat or as Responses usage; {@link #NONE} if it says nothing. */
    public static Usage read(JsonNode usage) {
        long total = first(usage, "prompt_tokens", "input_tokens");
        JsonNode details = usage.has("prompt_tokens_details")
                ? usage.path("prompt_tokens_details")
                : usage.path("input_tokens_details");
        long read = Math.max(first(details, "cached_tokens"), first(usage, "prompt_cache_hit_tokens"));
        long write = first(details, "cache_write_tokens", "cache_creation_tokens");
        read = Math.min(read, total);
        write = Math.min(write, total - read);
        return new Usage(total - read - write, read, write, first(usage, "completion_tokens", "output_tokens"));
    }

    private static long first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isNumber()) {
                return Math.max(0, node.path(name).asLong());
            }
        }
        return 0;
    }

    /** The use in the Messages API's words, all four numbers. */
    public ObjectNode json() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("input_tokens", input)
                .put("cache_creation_input_tokens", cacheWrite)
                .put("cache_read_input_tokens", cacheRead)
                .put("output_tokens", output);
    }
}
