package dev.katra.gateway.answer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A TokenUsage holds the number of tokens that an answer took. The three parts of the input do not overlap.
 *
 * @param input the tokens read anew
 * @param cacheRead the tokens read from a cache
 * @param cacheWrite the tokens read and put into a cache
 * @param output the tokens written, thinking included
 */
public record TokenUsage(long input, long cacheRead, long cacheWrite, long output) {

    /** The usage of an answer of which nothing is known. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
    }

    /**
     * Reads the usage that an endpoint reports, in the form of a chat completion or of a response. Returns
     * {@link #NONE} if it reports nothing.
     */
    public static TokenUsage read(JsonNode usage) {
        long total = first(usage, "prompt_tokens", "input_tokens");
        JsonNode details = usage.has("prompt_tokens_details")
                ? usage.path("prompt_tokens_details")
                : usage.path("input_tokens_details");
        long read = Math.max(first(details, "cached_tokens"), first(usage, "prompt_cache_hit_tokens"));
        long write = first(details, "cache_write_tokens", "cache_creation_tokens");
        read = Math.min(read, total);
        write = Math.min(write, total - read);
        return new TokenUsage(total - read - write, read, write, first(usage, "completion_tokens", "output_tokens"));
    }

    private static long first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isNumber()) {
                return Math.max(0, node.path(name).asLong());
            }
        }
        return 0;
    }

    /** Returns the usage in the form of the Messages API, with all four numbers. */
    public ObjectNode json() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("input_tokens", input)
                .put("cache_creation_input_tokens", cacheWrite)
                .put("cache_read_input_tokens", cacheRead)
                .put("output_tokens", output);
    }
}
