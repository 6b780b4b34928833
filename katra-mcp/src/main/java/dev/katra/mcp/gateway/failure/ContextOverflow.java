package dev.katra.mcp.gateway.failure;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Recognises that a prompt is too long, in the words of many endpoints. */
final class ContextOverflow {

    private static final Pattern SAID = Pattern.compile("(?i)context[_ ]length[_ ]exceeded|maximum context length"
            + "|exceed_context_size|exceeds the (?:available |model'?s )?context|context window"
            + "|prompt is too long|input is too long|prompt token count|input token count|reduce the length of the"
            + "|exceeds? the (?:maximum|max|limit).{0,40}tokens|too many tokens");
    private static final Pattern MAXIMUM = Pattern.compile(
            "(?i)(?:context (?:length|window|size)(?: of| is|:)?|limit of|limit is|allowed|maximum(?: of| is)?|>|n_ctx)"
                    + "[^0-9]{0,20}([0-9][0-9,]{2,})");
    private static final Pattern ASKED = Pattern.compile("(?i)(?:requested|resulted in|count of|count|input is|contains"
            + "|too long:|has|request) \\(?(?:about |approximately )?([0-9][0-9,]{2,})");

    private ContextOverflow() {}

    static boolean said(Refusal refusal) {
        boolean possible = refusal.status() == 400 || refusal.status() == 413 || refusal.status() == 422;
        return possible
                && (SAID.matcher(refusal.code()).find()
                        || SAID.matcher(refusal.message()).find())
                && !refusal.parameter().startsWith("max_");
    }

    /**
     * The words that make the client shorten its history. By the numbers it measures by how much; where nobody knows them
     * there are none, and it tries for itself.
     */
    static String message(Refusal refusal, long estimate, long window) {
        String original = refusal.message();
        JsonNode error = refusal.error();
        long maximum = number(MAXIMUM, original).orElse(error.path("n_ctx").asLong(window));
        long asked =
                number(ASKED, original).orElse(error.path("n_prompt_tokens").asLong(estimate));
        return maximum > 0 && asked > maximum
                ? "prompt is too long: %d tokens > %d maximum · %s".formatted(asked, maximum, original)
                : "prompt is too long · " + original;
    }

    private static OptionalLong number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return OptionalLong.empty();
        }
        String digits = matcher.group(1).replace(",", "");
        return digits.length() > 12 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }
}
