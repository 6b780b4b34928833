package dev.katra.gateway.failure;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Finds the status that an error would have had if it had not come after a 200. */
final class InBodyStatus {

    private InBodyStatus() {}

    static int of(JsonNode error) {
        int code = error.path("code").asInt(error.path("status").asInt(0));
        if (code >= 400 && code < 600) {
            return code;
        }
        String kind = (error.path("code").asString("") + " "
                        + error.path("type").asString("") + " "
                        + error.path("status").asString(""))
                .toLowerCase(Locale.ROOT);
        if (kind.contains("rate_limit") || kind.contains("insufficient_quota") || kind.contains("exhausted")) {
            return 429;
        }
        if (kind.contains("overloaded") || kind.contains("unavailable") || kind.contains("slow_down")) {
            return 503;
        }
        if (kind.contains("authentication") || kind.contains("invalid_api_key")) {
            return 401;
        }
        if (kind.contains("invalid") || kind.contains("context_length") || kind.contains("unsupported")) {
            return 400;
        }
        return 500;
    }
}
