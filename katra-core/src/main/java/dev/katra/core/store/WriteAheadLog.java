package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import java.nio.file.Path;

/** Manages the log that holds what was written last, beside the store, also if its file is deleted while it is open. */
public interface WriteAheadLog {

    /** The states of the log. */
    enum State {
        /** Its file is in its place, or is there again. */
        PRESENT,
        /** Its file was removed. All that was acknowledged is in the database, and nothing is written any more. */
        SAVED,
        /** Its file was removed, and not all of it is in the database. Nothing is written any more. */
        LOST
    }

    /**
     * Empties the log after the commit, before the caller is answered; or later, if somebody reads for long. So what was
     * removed from the store leaves the disk. Must be called inside a write.
     */
    void emptyAfterCommit();

    /** Returns the path of the log. */
    Path file();

    /**
     * Checks whether the log that the writer has open was deleted; nobody will ever read what is written to such a log.
     * If so, it refuses all further writes, and then moves the log's content into the database. A log that the engine
     * itself had closed is made anew.
     */
    State rescueIfDeleted(Failure refusal);
}
