package dev.katra.core.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and changes the stored sessions. Its modifying queries must be called inside a write. Queries are written out:
 * one derived from its name is built anew for each call.
 */
@Transactional(readOnly = true)
public interface Sessions extends ListCrudRepository<Session, Long> {

    /**
     * Returns all live sessions, oldest first. The index is named, since SQLite would walk over all that have ended.
     */
    @Query("SELECT * FROM session INDEXED BY session_live WHERE ended_at IS NULL ORDER BY id")
    List<Session> findAllByEndedAtIsNullOrderById();

    /** Returns the live session of a persona. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId AND ended_at IS NULL")
    Optional<Session> findByPersonaIdAndEndedAtIsNull(long personaId);

    /** Returns the newest session of a persona, live or not. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 1")
    Optional<Session> findFirstByPersonaIdOrderByIdDesc(long personaId);

    /** Returns the newest sessions of a persona, newest first. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 20")
    List<Session> findTop20ByPersonaIdOrderByIdDesc(long personaId);

    /** Returns the newest session that connected of each persona without a live one, the last to end first. */
    @Query("""
            SELECT session.* FROM session
            JOIN (SELECT max(id) AS id FROM session WHERE connected_at IS NOT NULL GROUP BY persona_id) AS newest
                ON newest.id = session.id
            WHERE session.ended_at IS NOT NULL AND session.persona_id NOT IN
                (SELECT persona_id FROM session WHERE ended_at IS NULL)
            ORDER BY session.ended_at DESC, session.id""")
    List<Session> findLastEnded();

    /** Returns the live session with this token hash. */
    @Query("SELECT * FROM session WHERE token_hash = :tokenHash AND ended_at IS NULL")
    Optional<Session> findByTokenHashAndEndedAtIsNull(String tokenHash);

    /** Stores the process of a live session. */
    @Modifying
    @Query("""
            UPDATE session SET pid = :pid, pid_mark = :mark, tmux_session = :tmuxSession, tmux_socket = :tmuxSocket
            WHERE id = :id AND ended_at IS NULL""")
    boolean updateProcess(long id, long pid, String mark, @Nullable String tmuxSession, @Nullable String tmuxSocket);

    /** Stores the mark that tells the process of a live session from a later one. */
    @Modifying
    @Query("UPDATE session SET pid_mark = :mark WHERE id = :id AND ended_at IS NULL")
    boolean updateProcessMark(long id, String mark);

    /** Stores the folder in which a live session's client keeps its configuration. */
    @Modifying
    @Query("UPDATE session SET client_folder = :folder WHERE id = :id AND ended_at IS NULL")
    boolean updateClientFolder(long id, String folder);

    /** Stores the MCP handshake; a session that was starting, or stopped at a dialog before it, becomes idle. */
    @Modifying
    @Query("""
            UPDATE session SET connected_at = :at,
                state_at = CASE WHEN connected_at IS NULL AND state IN ('STARTING', 'WAITING') THEN :at
                    ELSE state_at END,
                state = CASE WHEN connected_at IS NULL AND state IN ('STARTING', 'WAITING') THEN 'IDLE'
                    ELSE state END,
                dialog = CASE WHEN connected_at IS NULL THEN NULL ELSE dialog END
            WHERE id = :id AND ended_at IS NULL""")
    boolean markConnected(long id, Instant at);

    /** Changes the state of a live session and clears its dialog, unless it is in that state. */
    @Modifying
    @Query("""
            UPDATE session SET state = :state, state_at = :at, dialog = NULL
            WHERE id = :id AND state <> :state AND ended_at IS NULL""")
    boolean updateState(long id, SessionState state, Instant at);

    /** Stores what a live session waits for; what is stored already stays, unless the new text is better. */
    @Modifying
    @Query("""
            UPDATE session SET state_at = CASE WHEN state = 'WAITING' THEN state_at ELSE :at END, state = 'WAITING',
                dialog = :dialog
            WHERE id = :id AND ended_at IS NULL
                AND (state <> 'WAITING' OR dialog IS NULL OR (:better AND dialog <> :dialog))""")
    boolean updateDialog(long id, String dialog, boolean better, Instant at);

    /** Stores the error with which the last turn of a live session ended, or null if it ended well. */
    @Modifying
    @Query("UPDATE session SET last_error = :error WHERE id = :id AND last_error IS NOT :error AND ended_at IS NULL")
    boolean updateLastError(long id, @Nullable String error);

    /** Stores which conversation a live session is in. */
    @Modifying
    @Query("UPDATE session SET claude_session_id = :conversation WHERE id = :id AND ended_at IS NULL")
    boolean updateConversation(long id, String conversation);

    /** Sets which mail wakes a live session. */
    @Modifying
    @Query("UPDATE session SET wake = :policy WHERE id = :id AND ended_at IS NULL")
    boolean updateWakePolicy(long id, WakePolicy policy);

    /** Ends a live session. */
    @Modifying
    @Query("""
            UPDATE session SET state = 'ENDED', state_at = :at, ended_at = :at, end_reason = :reason
            WHERE id = :id AND ended_at IS NULL""")
    boolean markEnded(long id, Instant at, String reason);
}
