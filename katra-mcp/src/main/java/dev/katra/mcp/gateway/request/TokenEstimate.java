package dev.katra.mcp.gateway.request;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many tokens a request has, roughly and rather too many than too few: all of its text counts, with calls, results,
 * thinking and tools; images count flat.
 */
public final class TokenEstimate {

    private static final double CHARS_PER_TOKEN = 4.3;
    private static final double OTHER_CHARS_PER_TOKEN = 1.3;
    private static final double MARGIN = 1.05;
    private static final int IMAGE = 1_000;
    private static final int DOCUMENT = 1_500;
    private static final int DOCUMENT_CHARS_PER_TOKEN = 40;

    private double tokens;

    private TokenEstimate() {}

    /** The estimate for this request, at least 1. */
    public static long of(JsonNode request) {
        var estimate = new TokenEstimate();
        estimate.add(request.path("system"));
        estimate.add(request.path("messages"));
        estimate.add(request.path("tools"));
        return Math.max(1, (long) Math.ceil(estimate.tokens * MARGIN));
    }

    private void add(JsonNode node) {
        if (node.isString()) {
            text(node.asString());
        } else if (node.isObject()) {
            object(node);
        } else if (node.isArray()) {
            node.forEach(this::add);
        } else if (node.isNumber() || node.isBoolean()) {
            tokens++;
        }
    }

    private void object(JsonNode node) {
        String type = node.path("type").asString("");
        JsonNode data = node.path("source").path("data");
        if (type.equals("image")) {
            tokens += IMAGE;
        } else if (type.equals("document")
                && node.path("source").path("type").asString("").equals("base64")) {
            tokens += DOCUMENT + (double) data.asString("").length() / DOCUMENT_CHARS_PER_TOKEN;
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!field.getKey().equals("cache_control")) {
                    tokens += (field.getKey().length() + 4) / CHARS_PER_TOKEN;
                    add(field.getValue());
                }
            }
        }
    }

    private void text(String text) {
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                other++;
            }
        }
        tokens += (text.length() - other) / CHARS_PER_TOKEN + other / OTHER_CHARS_PER_TOKEN;
    }
}
