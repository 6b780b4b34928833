package dev.katra.core.session.sqlite;

import dev.katra.core.session.PreviousConversations;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores previous conversations in a table of SQLite. Its key has two columns, so this is plain SQL. */
@Component
class SqlitePreviousConversations implements PreviousConversations {

    private final JdbcClient jdbc;

    SqlitePreviousConversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> of(long session) {
        return jdbc.sql("""
                        SELECT claude_session_id FROM left_conversation WHERE session_id = ?
                        ORDER BY left_at DESC, claude_session_id""").param(session).query(String.class).list();
    }

    @Override
    public void add(long session, String conversation, Instant at) {
        jdbc.sql("""
                        INSERT INTO left_conversation (session_id, claude_session_id, left_at) VALUES (?, ?, ?)
                        ON CONFLICT (session_id, claude_session_id) DO UPDATE SET left_at = excluded.left_at""").params(session, conversation, at.toEpochMilli()).update();
    }

    @Override
    public void remove(long session, String conversation) {
        jdbc.sql("DELETE FROM left_conversation WHERE session_id = ? AND claude_session_id = ?")
                .params(session, conversation)
                .update();
    }
}
