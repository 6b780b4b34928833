package dev.katra.core.turn;

import java.util.Optional;

/**
 * Identifies a turn of a persona by the ids that the client has given it, in the hooks and in its transcript alike.
 *
 * @param conversation the client's id of the conversation
 * @param promptId the client's id of the prompt
 * @param handover true for what a compaction in that turn left of the conversation
 */
public record TurnKey(String conversation, String promptId, boolean handover) {

    private static final int MAX_ID_CHARACTERS = 200;

    public TurnKey {
        if (!isId(promptId) || !isId(conversation)) {
            throw new IllegalArgumentException("these are not ids of a conversation and a prompt");
        }
    }

    /** Returns the key of a turn; empty if the ids are none, as of a client that does not tell them. */
    public static Optional<TurnKey> of(String conversation, String promptId) {
        return isId(conversation) && isId(promptId)
                ? Optional.of(new TurnKey(conversation, promptId, false))
                : Optional.empty();
    }

    /** Returns the key of what a compaction in the same turn left. */
    public TurnKey ofHandover() {
        return new TurnKey(conversation, promptId, true);
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID_CHARACTERS && id.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
