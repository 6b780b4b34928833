package dev.katra.core.room.sqlite;

import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.UnconfirmedDeliveries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores unconfirmed deliveries in a table of SQLite. Its key has three columns, so this is plain SQL. */
@Component
class SqliteUnconfirmedDeliveries implements UnconfirmedDeliveries {

    static final String OPEN = "SELECT EXISTS (SELECT 1 FROM offer WHERE session_id = :session AND through = :through)";
    static final String GIVEN =
            "SELECT message_id, redelivered FROM offer WHERE session_id = :session AND through = :through";

    private final JdbcClient jdbc;

    SqliteUnconfirmedDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean open(long session, Collection<String> through) {
        return through.stream().anyMatch(way -> jdbc.sql(OPEN)
                .param("session", session)
                .param("through", way)
                .query(Boolean.class)
                .single());
    }

    @Override
    public Map<Long, Boolean> givenUnder(long session, String through) {
        Map<Long, Boolean> given = new TreeMap<>();
        jdbc.sql(GIVEN)
                .param("session", session)
                .param("through", through)
                .query((row, n) -> given.put(row.getLong("message_id"), row.getBoolean("redelivered")))
                .list();
        return given;
    }

    @Override
    public void add(long session, String through, List<InboxMessage> messages) {
        for (InboxMessage message : messages) {
            jdbc.sql("""
                            INSERT OR IGNORE INTO offer (session_id, through, message_id, redelivered)
                            VALUES (:session, :through, :message, :redelivered)""")
                    .param("session", session)
                    .param("through", through)
                    .param("message", message.number())
                    .param("redelivered", message.redelivered() ? 1 : 0)
                    .update();
        }
    }

    @Override
    public void withdraw(long session, Collection<String> through) {
        through.forEach(way -> jdbc.sql("DELETE FROM offer WHERE session_id = :session AND through = :through")
                .param("session", session)
                .param("through", way)
                .update());
    }

    @Override
    public int deleteOfEndedSessions(int atOnce) {
        return jdbc.sql("""
                        DELETE FROM offer WHERE (session_id, through, message_id) IN (
                            SELECT session_id, through, message_id FROM offer WHERE session_id IN (
                                SELECT id FROM session WHERE ended_at IS NOT NULL) LIMIT ?)""").param(atOnce).update();
    }
}
