package dev.katra.gateway.failure;

import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.messages.DocumentBlocks;
import dev.katra.gateway.permission.SafeguardCheck;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Learns from an error response how an endpoint of the client's own format differs, so that the request can be sent
 * once more.
 */
public final class LearnedMessagesQuirk {

    /** Matches a message about document blocks, and not about what is in one. */
    private static final Pattern DOCUMENT = Pattern.compile("\\bdocuments?\\b(?!\\.source)");

    /** Matches a message about the content of one document; an endpoint that sends it takes other documents. */
    private static final Pattern DOCUMENT_CONTENT = Pattern.compile("media_type|base64|pdf");

    private LearnedMessagesQuirk() {}

    /** Returns whether a response with this status may teach something. */
    public static boolean mayTeach(int status) {
        return status == 400 || status == 422;
    }

    /** Returns the quirks to try again with; empty if the response teaches nothing new about such a request. */
    public static Optional<Quirks> of(int status, String refusal, JsonNode request, Quirks quirks) {
        if (!mayTeach(status)) {
            return Optional.empty();
        }
        String words = refusal.toLowerCase(Locale.ROOT).replace('\\', ' ');
        if (!quirks.has(Quirk.NO_SYSTEM_TURNS) && hasSystemTurn(request) && isOfSystemTurns(words)) {
            return Optional.of(quirks.with(Quirk.NO_SYSTEM_TURNS));
        }
        if (!quirks.has(Quirk.NO_DOCUMENTS) && isOfDocuments(words) && DocumentBlocks.areIn(request)) {
            return Optional.of(quirks.with(Quirk.NO_DOCUMENTS));
        }
        boolean ofTheCheck = words.contains(SafeguardCheck.REQUEST) || words.contains(SafeguardCheck.BETA);
        if (!quirks.has(Quirk.NO_SAFEGUARDS) && request.has(SafeguardCheck.REQUEST) && ofTheCheck) {
            return Optional.of(quirks.with(Quirk.NO_SAFEGUARDS));
        }
        return Optional.empty();
    }

    private static boolean hasSystemTurn(JsonNode request) {
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("system")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfDocuments(String words) {
        return DOCUMENT.matcher(words).find()
                && !DOCUMENT_CONTENT.matcher(words).find()
                && (words.contains("input should be")
                        || words.contains("unknown variant")
                        || words.contains("not support")
                        || words.contains("unsupported"));
    }

    private static boolean isOfSystemTurns(String words) {
        return words.contains("system message must be")
                || words.contains("system messages must be")
                || words.contains("unexpected role")
                || (words.contains("role") && words.contains("system"))
                || (words.contains("'user'") && words.contains("'assistant'"))
                || (words.contains("literal_error") && words.contains("role"));
    }
}
