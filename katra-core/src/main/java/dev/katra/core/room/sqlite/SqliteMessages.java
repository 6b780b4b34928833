package dev.katra.core.room.sqlite;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.Message;
import dev.katra.core.room.Messages;
import dev.katra.core.room.NewMessage;
import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.text.Uids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores messages in a table of SQLite. This is plain SQL, because every message passes here, one after the other, and
 * saving an aggregate takes several times as long.
 */
@Component
class SqliteMessages implements Messages {

    private static final String RECEIVED = """
            m.created_at < :before
                AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id)
                AND NOT EXISTS (
                    SELECT 1 FROM delivery d JOIN persona p ON p.id = d.persona_id
                    WHERE d.message_id = m.id AND d.received_at IS NULL AND IS_HERE)""".replace("IS_HERE", SqliteDeliveries.IS_HERE);

    private final JdbcClient jdbc;

    SqliteMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Message> find(long number) {
        return jdbc.sql("SELECT id, persona_id, to_room, created_at FROM message WHERE id = ?")
                .param(number)
                .query((row, n) -> new Message(
                        row.getLong("id"),
                        row.getLong("persona_id"),
                        row.getBoolean("to_room"),
                        Columns.instant(row, "created_at")))
                .optional();
    }

    @Override
    public Optional<Long> sentBy(long session, String callId) {
        return jdbc.sql("SELECT id FROM message WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    @Override
    public List<Long> received(Instant before, int limit) {
        return jdbc.sql("SELECT m.id FROM message m WHERE " + RECEIVED + " ORDER BY m.id LIMIT :limit")
                .param("before", before.toEpochMilli())
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    @Override
    public boolean isReceived(long number, Instant before) {
        return jdbc.sql("SELECT count(*) FROM message m WHERE m.id = :number AND " + RECEIVED)
                        .param("before", before.toEpochMilli())
                        .param("number", number)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public int release(long number, int most) {
        return jdbc.sql("""
                        UPDATE message SET reply_to = NULL
                        WHERE id IN (SELECT id FROM message WHERE reply_to = ? LIMIT ?)""").params(number, most).update();
    }

    @Override
    public void delete(long number) {
        for (String sql : List.of(
                "DELETE FROM offer WHERE message_id = ?",
                "DELETE FROM delivery WHERE message_id = ?",
                "DELETE FROM message WHERE id = ?")) {
            jdbc.sql(sql).param(number).update();
        }
    }

    @Override
    public Message add(Actor actor, NewMessage said, @Nullable String callId, boolean toRoom, Instant at) {
        long number = jdbc.sql("""
                        INSERT INTO message (uid, persona_id, session_id, call_id, to_room, reply_to, text, created_at)
                        VALUES (:uid, :persona, :session, :call, :toRoom, :replyTo, :text, :at) RETURNING id""")
                .param("uid", Uids.next())
                .param("persona", actor.personaId())
                .param("session", actor.sessionId())
                .param("call", callId)
                .param("toRoom", toRoom)
                .param("replyTo", said.replyTo())
                .param("text", said.text())
                .param("at", at.toEpochMilli())
                .query(Long.class)
                .single();
        return new Message(number, actor.personaId(), toRoom, at);
    }
}
