package dev.katra.core.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * The endpoint behind the gateway of one session, as its provider's entry and the start's options were when it started.
 * It holds the name of the key's variable, never a key.
 *
 * @param sessionId 0 until stored
 * @param endpoint the root to which the gateway appends the path of the protocol
 * @param keyVariable the environment variable that held the key
 * @param model what a model's name that the endpoint cannot know stands for
 * @param opusModel what {@code claude-opus-…} stands for
 * @param sonnetModel what {@code claude-sonnet-…} stands for
 * @param haikuModel what {@code claude-haiku-…} stands for
 * @param contextTokens the context window, 0 if unknown
 * @param maxOutputTokens the most a model may answer, 0 if unknown
 * @param quirks as {@link Quirks#parse} reads them
 * @param efforts as {@link Quirks#parse} reads them
 * @param prices as {@link Prices#parse} reads them
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
        boolean trace) {

    public Upstream {
        if (contextTokens < 0 || maxOutputTokens < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** The same, belonging to a session. */
    public Upstream of(long session) {
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
                trace);
    }
}
