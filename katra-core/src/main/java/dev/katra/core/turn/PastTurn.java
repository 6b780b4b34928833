package dev.katra.core.turn;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Describes a past turn as it is shown. In JSON it is one object, without its parts.
 *
 * @param persona the name of the persona in whose session it was
 */
public record PastTurn(
        long number,
        String uid,
        String persona,
        @JsonUnwrapped TurnMarks marks,
        @JsonUnwrapped TurnOrigin origin,
        @JsonUnwrapped TurnBody body) {

    /**
     * Says what kind of turn it is, and who finds it.
     *
     * @param handover true for what a compaction left of the conversation
     * @param team true if every persona finds it, false if its own alone does
     */
    public record TurnMarks(boolean handover, boolean team) {}
}
