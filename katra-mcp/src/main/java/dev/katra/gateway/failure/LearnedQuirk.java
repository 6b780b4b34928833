package dev.katra.gateway.failure;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Learns from an error response how an endpoint differs, so that the request can be sent once more in a form that it
 * takes.
 */
public final class LearnedQuirk {

    /**
     * Matches a message about a reasoning item that the request brought back: it is not found, doubled, or lacks the
     * item that must follow it.
     */
    private static final Pattern REASONING_ITEM =
            Pattern.compile("item (?:with id )?(?:found with id )?'?rs_[a-z0-9]+'?.*(?:not found|without its)"
                    + "|duplicate item found with id '?rs_");

    private LearnedQuirk() {}

    /** Returns the quirks to try again with; empty if the response teaches nothing new. */
    public static Optional<Quirks> of(ErrorResponse refusal, Quirks quirks) {
        if (refusal.status() != 400 && refusal.status() != 422) {
            return Optional.empty();
        }
        if (unreadableReasoning(refusal)) {
            return Optional.empty();
        }
        return learned(refusal, quirks).filter(other -> !other.equals(quirks));
    }

    /**
     * Returns whether the endpoint refused only because the answer would not fit into the few tokens that it may have.
     */
    public static boolean outputLimitReached(ErrorResponse refusal) {
        return refusal.status() == 400
                && refusal.message().toLowerCase(Locale.ROOT).contains("max_tokens or model output limit was reached");
    }

    /**
     * Returns whether the endpoint cannot use the reasoning of earlier turns that the request brought back. The
     * reasoning may be of another account, or too old; so this holds for one conversation and not for the endpoint.
     */
    public static boolean unreadableReasoning(ErrorResponse refusal) {
        if (refusal.status() != 400 && refusal.status() != 404 && refusal.status() != 422) {
            return false;
        }
        String words = refusal.message().toLowerCase(Locale.ROOT);
        boolean undecided =
                words.contains("could not be") || words.contains("cannot be") || words.contains("failed to");
        return refusal.code().contains("invalid_encrypted_content")
                || (words.contains("encrypted") && words.contains("content") && undecided)
                || REASONING_ITEM.matcher(words).find();
    }

    private static Optional<Quirks> learned(ErrorResponse refusal, Quirks quirks) {
        String words = (refusal.parameter() + " " + refusal.message()).toLowerCase(Locale.ROOT);
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
        if (words.contains("encrypted_content") || words.contains("encrypted content")) {
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

    /** Returns the efforts that the message names after "supported values"; the list is empty if it names none. */
    private static List<Effort> efforts(String message) {
        int start = message.toLowerCase(Locale.ROOT).indexOf("supported values");
        if (start < 0) {
            return List.of();
        }
        String list = message.substring(start);
        return Arrays.stream(Effort.values())
                .filter(effort -> Pattern.compile("\\b" + effort.externalName() + "\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(list)
                        .find())
                .toList();
    }
}
