package dev.katra.core.turn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects turns; a part that is null selects all.
 *
 * @param viewer the id of the persona that must be allowed to see them; null is the owner of the home
 * @param persona the id of the persona whose they must be
 * @param since the time before which they must not have begun
 * @param team true for those that every persona finds, false for those that their own alone finds
 */
public record TurnSelection(
        @Nullable Long viewer,
        @Nullable Long persona,
        @Nullable Instant since,
        @Nullable Boolean team) {

    /** The selection of all turns by the owner of the home. */
    public static final TurnSelection ALL = new TurnSelection(null, null, null, null);

    /** Returns the same selection of turns that this persona may see. */
    public TurnSelection seenBy(long personaId) {
        return new TurnSelection(personaId, persona, since, team);
    }

    /** Returns the same selection of this persona's turns. */
    public TurnSelection of(long personaId) {
        return new TurnSelection(viewer, personaId, since, team);
    }

    /** Returns the same selection of turns that began at this time or later. */
    public TurnSelection since(@Nullable Instant time) {
        return new TurnSelection(viewer, persona, time, team);
    }

    /** Returns the same selection of turns that only their own persona finds. */
    public TurnSelection ofPrivate() {
        return new TurnSelection(viewer, persona, since, false);
    }
}
