package dev.katra.core.memory;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Finds the memories that a session may be given at its start: the first few of each group. */
public interface StartCandidates {

    /**
     * Returns the numbers of valid memories that the viewer may see: important ones, recent decisions, those that were
     * confirmed, the viewer's own, those written in these folders, and of the newest those written below the last of them.
     * Must be called inside a read.
     *
     * @param folders the folder of the session and those above it, up to that of its repository; may be empty
     */
    Set<Long> find(long viewer, List<Path> folders);
}
