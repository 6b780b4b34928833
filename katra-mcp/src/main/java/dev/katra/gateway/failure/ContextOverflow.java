package dev.katra.gateway.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Recognises an error response that says that a prompt is too long, in the words of many endpoints. */
final class ContextOverflow {

    private static final Pattern SAID = Pattern.compile("(?i)context[_ ]length[_ ]exceeded|maximum context length"
            + "|exceed_context_size|exceeds the (?:available |model'?s )?context|context window"
            + "|prompt is too long|input is too long|prompt token count|input token count|reduce the length of the"
            + "|exceeds? the (?:maximum|max|limit).{0,40}tokens|too many tokens");
    private static final Pattern MAXIMUM = Pattern.compile(
            "(?i)(?:context (?:length|window|size)(?: of| is|:)?|limit of|limit is|allowed|maximum(?: of| is)?|>|n_ctx)"
                    + "[^0-9]{0,20}([0-9][0-9,]{2,})");
    private static final Pattern REQUESTED =
            Pattern.compile("(?i)(?:requested|resulted in|count of|count|input is|contains"
                    + "|too long:|has|request) \\(?(?:about |approximately )?([0-9][0-9,]{2,})");

    private ContextOverflow() {}

    /** Returns whether the endpoint says that the prompt is too long, or never takes a request of this size. */
    static boolean matches(ErrorResponse refusal) {
        boolean neverFits = refusal.status() == 429
                && refusal.message().toLowerCase(Locale.ROOT).contains("request too large");
        return neverFits
                || OutputLimit.rate(refusal).isPresent()
                || (mentionsOverflow(refusal) && !OutputLimit.matches(refusal));
    }

    /** Returns whether the response has a status and words that name an overflow of the context. */
    static boolean mentionsOverflow(ErrorResponse refusal) {
        boolean possible = refusal.status() == 400 || refusal.status() == 413 || refusal.status() == 422;
        return possible
                && (SAID.matcher(refusal.code()).find()
                        || SAID.matcher(refusal.message()).find());
    }

    /** Returns the maximum number of tokens that the endpoint takes, if it says so. */
    static OptionalLong maximum(ErrorResponse refusal) {
        return number(MAXIMUM, refusal.message());
    }

    /**
     * Returns the message that makes the client shorten its history. Its numbers tell the client by how much; if they
     * are unknown, the message has none and the client tries by itself.
     */
    static String message(ErrorResponse refusal, long estimate, long window) {
        String original = refusal.message();
        JsonNode error = refusal.error();
        Optional<OutputLimit.Rate> rate = OutputLimit.rate(refusal);
        long maximum = rate.map(OutputLimit.Rate::limit)
                .orElseGet(() -> maximum(refusal).orElse(error.path("n_ctx").asLong(window)));
        long asked = rate.map(OutputLimit.Rate::requested).orElseGet(() -> number(REQUESTED, original)
                .orElse(error.path("n_prompt_tokens").asLong(estimate)));
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
