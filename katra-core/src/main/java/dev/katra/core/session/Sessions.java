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
 * The stored sessions. Modifying queries belong inside {@code Writes.run}. Queries are written out: one derived from its
 * name is built anew for each call.
 */
@Transactional(readOnly = true)
public interface Sessions extends ListCrudRepository<Session, Long> {

    /** All that have not ended, oldest first. The index is named, since SQLite would walk over all that have ended. */
    @Query("SELECT * FROM session INDEXED BY session_live WHERE ended_at IS NULL ORDER BY id")
    List<Session> findAllByEndedAtIsNullOrderById();

    /** The live session of a persona. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId AND ended_at IS NULL")
    Optional<Session> findByPersonaIdAndEndedAtIsNull(long personaId);

    /** The newest session of a persona, live or not. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 1")
    Optional<Session> findFirstByPersonaIdOrderByIdDesc(long personaId);

    /** The newest sessions of a persona, newest first. */
    @Query("SELECT * FROM session WHERE persona_id = :personaId ORDER BY id DESC LIMIT 20")
    List<Session> findTop20ByPersonaIdOrderByIdDesc(long personaId);

    /** The live session with this token. */
    @Query("SELECT * FROM session WHERE token_hash = :tokenHash AND ended_at IS NULL")
    Optional<Session> findByTokenHashAndEndedAtIsNull(String tokenHash);

    /** Notes the process of a session. */
    @Modifying
    @Query("""
            UPDATE session SET pid = :pid, pid_started_at = :startedAt, tmux_session = :tmuxSession,
                tmux_socket = :tmuxSocket
            WHERE id = :id AND ended_at IS NULL""")
    boolean launched(long id, long pid, Instant startedAt, @Nullable String tmuxSession, @Nullable String tmuxSocket);

    /** Notes the MCP handshake; a session that was starting, or stopped at a dialog before it, becomes idle. */
    @Modifying
    @Query("""
            UPDATE session SET connected_at = :at,
                state_at = CASE WHEN connected_at IS NULL AND state IN ('STARTING', 'WAITING') THEN :at
                    ELSE state_at END,
                state = CASE WHEN connected_at IS NULL AND state IN ('STARTING', 'WAITING') THEN 'IDLE'
                    ELSE state END
            WHERE id = :id AND ended_at IS NULL""")
    boolean connected(long id, Instant at);

    /** Changes the state of a live session. */
    @Modifying
    @Query("UPDATE session SET state = :state, state_at = :at WHERE id = :id AND state <> :state AND ended_at IS NULL")
    boolean changed(long id, SessionState state, Instant at);

    /** Sets which mail wakes a live session. */
    @Modifying
    @Query("UPDATE session SET wake = :policy WHERE id = :id AND ended_at IS NULL")
    boolean wakeOn(long id, WakePolicy policy);

    /** Ends a live session. */
    @Modifying
    @Query("""
            UPDATE session SET state = 'ENDED', state_at = :at, ended_at = :at, end_reason = :reason
            WHERE id = :id AND ended_at IS NULL""")
    boolean ended(long id, Instant at, String reason);
}
