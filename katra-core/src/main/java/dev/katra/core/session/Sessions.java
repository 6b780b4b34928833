package dev.katra.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the stored sessions. What changes one must be called inside a write; what finds one may be called
 * outside a read. A change of a live session returns false if there is no live one with that id.
 */
public interface Sessions {

    /** Returns the session with this id, live or not. */
    Optional<Session> findById(Long id);

    /** Returns all live sessions, oldest first. */
    List<Session> findAllLive();

    /** Returns the live session of a persona. */
    Optional<Session> findLiveOf(long personaId);

    /** Returns the newest session of a persona, live or not. */
    Optional<Session> findLastOf(long personaId);

    /** Returns the newest sessions of a persona, newest first; 20 at most. */
    List<Session> findRecentOf(long personaId);

    /** Returns the newest session that connected of each persona without a live one, the last to end first. */
    List<Session> findLastEnded();

    /** Returns the live session with this token hash. */
    Optional<Session> findLiveByTokenHash(String tokenHash);

    /** Stores the process of a live session. */
    boolean updateProcess(long id, long pid, String mark, @Nullable String tmuxSession, @Nullable String tmuxSocket);

    /** Stores the mark that tells the process of a live session from a later one. */
    boolean updateProcessMark(long id, String mark);

    /** Stores the folder in which a live session's client keeps its configuration. */
    boolean updateClientFolder(long id, String folder);

    /** Stores the MCP handshake; a session that was starting, or stopped at a dialog before it, becomes idle. */
    boolean markConnected(long id, Instant at);

    /** Changes the state of a live session and clears its dialog, unless it is in that state. */
    boolean updateState(long id, SessionState state, Instant at);

    /** Stores what a live session waits for; what is stored already stays, unless the new text is better. */
    boolean updateDialog(long id, String dialog, boolean better, Instant at);

    /** Stores the error with which the last turn of a live session ended, or null if it ended well. */
    boolean updateLastError(long id, @Nullable String error);

    /** Stores which conversation a live session is in. */
    boolean updateConversation(long id, String conversation);

    /** Sets which mail wakes a live session. */
    boolean updateWakePolicy(long id, WakePolicy policy);

    /** Ends a live session. */
    boolean markEnded(long id, Instant at, String reason);
}
