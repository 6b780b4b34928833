package dev.katra.mcp.gateway.failure;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a refusal teaches about an endpoint, so that the request can be sent once more in a form that it takes. */
public final class Lesson {

    private Lesson() {}

    /** The quirks to try again with; empty if the refusal teaches nothing new. */
    public static Optional<Quirks> of(Refusal refusal, Quirks quirks) {
        if (refusal.status() != 400 && refusal.status() != 422) {
            return Optional.empty();
        }
        return learned(refusal, quirks).filter(other -> !other.equals(quirks));
    }

    /** Whether the endpoint refused only because the answer would not fit into the few tokens that it may have. */
    public static boolean outputLimitReached(Refusal refusal) {
        return refusal.status() == 400
                && refusal.message().toLowerCase(Locale.ROOT).contains("max_tokens or model output limit was reached");
    }

    private static Optional<Quirks> learned(Refusal refusal, Quirks quirks) {
        String words = (refusal.parameter() + " " + refusal.message()).toLowerCase(Locale.ROOT);
        String code = refusal.code();
        if (words.contains("stream_options")) {
            return Optional.of(quirks.with(Quirk.NO_STREAM_USAGE));
        }
        if (words.contains("parallel_tool_calls")) {
            return Optional.of(quirks.with(Quirk.NO_PARALLEL_FLAG));
        }
        if (words.contains("function tools with reasoning")) {
            return Optional.of(quirks.with(Quirk.NO_REASONING_WITH_TOOLS));
        }
        if (words.contains("effort")) {
            return Optional.of(quirks.withEfforts(efforts(refusal.message())));
        }
        if (words.contains("max_completion_tokens") && words.contains("max_tokens")) {
            return Optional.of(quirks.with(Quirk.MAX_COMPLETION_TOKENS));
        }
        if (code.contains("invalid_encrypted_content") || words.contains("encrypted content")) {
            return Optional.of(quirks.with(Quirk.NO_REASONING_REPLAY));
        }
        if (words.contains("missing a") && words.contains("thought_signature")) {
            return Optional.of(quirks.with(Quirk.THOUGHT_SIGNATURE));
        }
        if (words.contains("temperature") || words.contains("top_p") || words.contains("'stop'")) {
            return Optional.of(quirks.with(Quirk.NO_SAMPLING));
        }
        return Optional.empty();
    }

    /** The efforts that the message names after "supported values", or none if it names no such list. */
    private static List<Effort> efforts(String message) {
        int start = message.toLowerCase(Locale.ROOT).indexOf("supported values");
        if (start < 0) {
            return List.of();
        }
        String list = message.substring(start);
        return Arrays.stream(Effort.values())
                .filter(effort -> Pattern.compile("\\b" + effort.wire() + "\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(list)
                        .find())
                .toList();
    }
}
