package dev.katra.core.persona;

import dev.katra.core.search.CutTexts;

/** Deletes the unread mail of a persona that is removed. */
public interface UnreadMail {

    /**
     * Deletes some of it, as much as fits in a slice of a long write, and returns true once nothing is left. Must be called
     * inside a write, and within {@link CutTexts#complete}.
     */
    boolean delete(long personaId, CutTexts cut);

    /**
     * Indexes a message whole again whose deletion was begun and is not to go on, and returns true once that is done. Must be
     * called inside a write, and within {@link CutTexts#complete}.
     */
    boolean restore(long message, CutTexts cut);
}
