package dev.katra.core.session.sqlite;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.Sessions;
import dev.katra.core.session.WakePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and changes sessions in a table of SQLite, through Spring Data, which reads the many columns. Queries are written
 * out: one derived from its name is built anew for each call.
 */
@Transactional(readOnly = true)
interface SqliteSessions extends Sessions, Repository<Session, Long> {

    /** The index is named, since SQLite would walk over all that have ended. */
    @Override
    @Query("SELECT * FROM session INDEXED BY session_live WHERE ended_at IS NULL ORDER BY id")
    List<Session> findAllLive();

    @Override
    @Query("SELECT * FROM session WHERE persona_id = :personaId AND ended_at IS NULL")
    Optional<Session> findLiveOf(long personaId);

    @Override
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 1")
    Optional<Session> findLastOf(long personaId);

    @Override
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 20")
    List<Session> findRecentOf(long personaId);

    @Override
    @Query("""
            SELECT session.* FROM session
            JOIN (SELECT max(id) AS id FROM session WHERE connected_at IS NOT NULL GROUP BY persona_id) AS newest
                ON newest.id = session.id
            WHERE session.ended_at IS NOT NULL AND session.persona_id NOT IN
                (SELECT persona_id FROM session WHERE ended_at IS NULL)
            ORDER BY session.ended_at DESC, session.id""")
    List<Session> findLastEnded();

    @Override
    @Query("SELECT * FROM session WHERE token_hash = :tokenHash AND ended_at IS NULL")
    Optional<Session> findLiveByTokenHash(String tokenHash);

    @Override
    @Modifying
    @Query("""
            UPDATE session SET pid = :pid, pid_mark = :mark, tmux_session = :tmuxSession, tmux_socket = :tmuxSocket
            WHERE id = :id AND ended_at IS NULL""")
    boolean updateProcess(long id, long pid, String mark, @Nullable String tmuxSession, @Nullable String tmuxSocket);

    @Override
    @Modifying
    @Query("UPDATE session SET pid_mark = :mark WHERE id = :id AND ended_at IS NULL")
    boolean updateProcessMark(long id, String mark);

    @Override
    @Modifying
    @Query("UPDATE session SET client_folder = :folder WHERE id = :id AND ended_at IS NULL")
    boolean updateClientFolder(long id, String folder);

    @Override
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

    @Override
    @Modifying
    @Query("""
            UPDATE session SET state = :state, state_at = :at, dialog = NULL
            WHERE id = :id AND state <> :state AND ended_at IS NULL""")
    boolean updateState(long id, SessionState state, Instant at);

    @Override
    @Modifying
    @Query("""
            UPDATE session SET state_at = CASE WHEN state = 'WAITING' THEN state_at ELSE :at END, state = 'WAITING',
                dialog = :dialog
            WHERE id = :id AND ended_at IS NULL
                AND (state <> 'WAITING' OR dialog IS NULL OR (:better AND dialog <> :dialog))""")
    boolean updateDialog(long id, String dialog, boolean better, Instant at);

    @Override
    @Modifying
    @Query("UPDATE session SET last_error = :error WHERE id = :id AND last_error IS NOT :error AND ended_at IS NULL")
    boolean updateLastError(long id, @Nullable String error);

    @Override
    @Modifying
    @Query("UPDATE session SET claude_session_id = :conversation WHERE id = :id AND ended_at IS NULL")
    boolean updateConversation(long id, String conversation);

    @Override
    @Modifying
    @Query("UPDATE session SET wake = :policy WHERE id = :id AND ended_at IS NULL")
    boolean updateWakePolicy(long id, WakePolicy policy);

    @Override
    @Modifying
    @Query("""
            UPDATE session SET state = 'ENDED', state_at = :at, ended_at = :at, end_reason = :reason
            WHERE id = :id AND ended_at IS NULL""")
    boolean markEnded(long id, Instant at, String reason);
}
