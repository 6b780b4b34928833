package dev.katra.core.session;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the conversations that sessions were in before their current ones. The key has two columns, so this is plain
 * SQL.
 */
@Component
class PreviousConversations {

    private final JdbcClient jdbc;

    PreviousConversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the earlier conversations of a session, the last left first. */
    List<String> of(long session) {
        return jdbc.sql("""
                        SELECT claude_session_id FROM left_conversation WHERE session_id = ?
                        ORDER BY left_at DESC, claude_session_id""").param(session).query(String.class).list();
    }

    void add(long session, String conversation, Instant at) {
        jdbc.sql("""
                        INSERT INTO left_conversation (session_id, claude_session_id, left_at) VALUES (?, ?, ?)
                        ON CONFLICT (session_id, claude_session_id) DO UPDATE SET left_at = excluded.left_at""").params(session, conversation, at.toEpochMilli()).update();
    }

    void remove(long session, String conversation) {
        jdbc.sql("DELETE FROM left_conversation WHERE session_id = ? AND claude_session_id = ?")
                .params(session, conversation)
                .update();
    }
}
