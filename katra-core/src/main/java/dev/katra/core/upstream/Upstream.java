package dev.katra.core.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores the endpoint behind the gateway of one session, as its provider's entry and the options of the start were when
 * it started. It holds the name of the key's variable, never a key.
 *
 * @param sessionId 0 until stored
 * @param endpoint the root to which the gateway appends the path of the protocol
 * @param keyVariable the environment variable that held the key
 * @param model the model that stands in for a name that the endpoint cannot know
 * @param opusModel the model that stands in for {@code claude-opus-…}
 * @param sonnetModel the model that stands in for {@code claude-sonnet-…}
 * @param haikuModel the model that stands in for {@code claude-haiku-…}
 * @param contextTokens the size of the context window, in tokens; 0 if unknown
 * @param maxOutputTokens the largest size of an answer, in tokens; 0 if unknown
 * @param quirks as {@link Quirks#parse} reads them
 * @param efforts as {@link Quirks#parse} reads them
 * @param prices as {@link Prices#parse} reads them
 * @param judge as {@link Judge#parse} reads it
 * @param trace whether requests and answers are written, redacted, to the session's folder
 */
@Table("upstream")
public record Upstream(
        @Id long sessionId,
        String endpoint,
        Protocol protocol,
        KeyHeader keyHeader,
        String keyVariable,
        @Nullable String model,
        @Nullable String opusModel,
        @Nullable String sonnetModel,
        @Nullable String haikuModel,
        int contextTokens,
        int maxOutputTokens,
        String quirks,
        String efforts,
        String prices,
        String judge,
        boolean trace) {

    public Upstream {
        if (contextTokens < 0 || maxOutputTokens < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** Returns the same endpoint for the session with this id. */
    public Upstream forSession(long session) {
        return new Upstream(
                session,
                endpoint,
                protocol,
                keyHeader,
                keyVariable,
                model,
                opusModel,
                sonnetModel,
                haikuModel,
                contextTokens,
                maxOutputTokens,
                quirks,
                efforts,
                prices,
                judge,
                trace);
    }
}
