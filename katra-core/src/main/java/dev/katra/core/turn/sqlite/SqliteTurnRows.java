package dev.katra.core.turn.sqlite;

import dev.katra.core.text.Uids;
import dev.katra.core.turn.NewTurn;
import dev.katra.core.turn.PastTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnRows;
import dev.katra.core.turn.TurnSelection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores turns in a table of SQLite. */
@Component
class SqliteTurnRows implements TurnRows {

    private static final String SEEN = "(t.team OR t.persona_id = :viewer)";

    /** The condition that a turn is there, and not only the key of one that was forgotten. */
    private static final String IS_KEPT = "(t.prompt IS NOT NULL OR t.answer IS NOT NULL)";

    private final JdbcClient jdbc;

    SqliteTurnRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<TurnRow> find(long personaId, TurnKey key) {
        return jdbc.sql("""
                        SELECT id, prompt, answer, ended_at IS NOT NULL AS ended FROM turn
                        WHERE persona_id = ? AND conversation = ? AND prompt_id = ? AND handover = ?""")
                .params(List.of(personaId, key.conversation(), key.promptId(), key.handover()))
                .query((row, n) -> new TurnRow(row.getLong("id"), TurnColumns.body(row), row.getBoolean("ended")))
                .optional();
    }

    @Override
    public long add(NewTurn turn) {
        return jdbc.sql("""
                        INSERT INTO turn (uid, persona_id, session_id, conversation, prompt_id, handover, team, begun_at,
                            ended_at, bytes, folder, prompt, answer)
                        VALUES (:uid, :persona, :session, :conversation, :promptId, :handover, :team, :at, :ended, :bytes,
                            :folder, :prompt, :answer) RETURNING id""")
                .param("uid", Uids.next())
                .param("persona", turn.owner().personaId())
                .param("session", turn.owner().sessionId())
                .param("conversation", turn.key().conversation())
                .param("promptId", turn.key().promptId())
                .param("handover", turn.key().handover())
                .param("team", turn.team())
                .param("at", turn.at().toEpochMilli())
                .param("ended", millis(turn.endedAt()))
                .param("bytes", turn.body().bytes())
                .param("folder", turn.owner().folder())
                .param("prompt", turn.body().prompt())
                .param("answer", turn.body().answer())
                .query(Long.class)
                .single();
    }

    @Override
    public void update(long id, TurnBody body, @Nullable Instant endedAt) {
        jdbc.sql("""
                        UPDATE turn SET prompt = :prompt, answer = :answer, bytes = :bytes,
                            ended_at = coalesce(:ended, ended_at) WHERE id = :id""")
                .param("prompt", body.prompt())
                .param("answer", body.answer())
                .param("bytes", body.bytes())
                .param("ended", millis(endedAt))
                .param("id", id)
                .update();
    }

    @Override
    public List<Long> running(long sessionId) {
        return jdbc.sql("SELECT id FROM turn t WHERE session_id = ? AND ended_at IS NULL AND " + IS_KEPT
                        + " ORDER BY id")
                .param(sessionId)
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> abandoned(int most) {
        return openOfEnded(IS_KEPT, most);
    }

    @Override
    public List<Long> forgotten(int most) {
        return openOfEnded("NOT " + IS_KEPT, most);
    }

    private List<Long> openOfEnded(String condition, int most) {
        return jdbc.sql("""
                        SELECT t.id FROM turn t INDEXED BY turn_open JOIN session s ON s.id = t.session_id
                        WHERE t.ended_at IS NULL AND s.ended_at IS NOT NULL AND\s""" + condition + " LIMIT ?")
                .param(most)
                .query(Long.class)
                .list();
    }

    @Override
    public void forget(long id) {
        int emptied = jdbc.sql("""
                        UPDATE turn SET prompt = NULL, answer = NULL, folder = NULL, bytes = 0, ended_at = NULL
                        WHERE id = ? AND session_id IN (SELECT id FROM session WHERE ended_at IS NULL)""").param(id).update();
        if (emptied == 0) {
            delete(id);
        }
    }

    @Override
    public boolean end(long id, Instant at) {
        return jdbc.sql("UPDATE turn SET ended_at = ? WHERE id = ? AND ended_at IS NULL")
                        .params(List.of(at.toEpochMilli(), id))
                        .update()
                > 0;
    }

    @Override
    public boolean isStored(long id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM turn WHERE id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void delete(long id) {
        jdbc.sql("DELETE FROM turn WHERE id = ?").param(id).update();
    }

    @Override
    public long bytes() {
        return jdbc.sql("SELECT coalesce(sum(bytes), 0) FROM turn INDEXED BY turn_by_time")
                .query(Long.class)
                .single();
    }

    @Override
    public List<TurnSize> oldest(int most) {
        return jdbc.sql("SELECT id, bytes FROM turn INDEXED BY turn_by_time ORDER BY begun_at, id LIMIT ?")
                .param(most)
                .query((row, n) -> new TurnSize(row.getLong("id"), row.getInt("bytes")))
                .list();
    }

    @Override
    public List<Long> before(Instant time, int most) {
        return jdbc.sql("SELECT id FROM turn WHERE begun_at < ? ORDER BY begun_at, id LIMIT ?")
                .params(List.of(time.toEpochMilli(), most))
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> numbers(TurnSelection selection) {
        return select("SELECT t.id FROM turn t" + where(selection) + " ORDER BY t.begun_at, t.id", selection)
                .query(Long.class)
                .list();
    }

    @Override
    public List<PastTurn> newest(TurnSelection selection, int most) {
        return select(
                        TurnColumns.SHOWN + where(selection) + " ORDER BY t.begun_at DESC, t.id DESC LIMIT :most",
                        selection)
                .param("most", most)
                .query((row, n) -> TurnColumns.turn(row))
                .list();
    }

    @Override
    public List<PastTurn> findByNumbers(Collection<Long> numbers, @Nullable Long viewer) {
        String seen = " AND " + IS_KEPT + (viewer == null ? "" : " AND " + SEEN);
        JdbcClient.StatementSpec query = jdbc.sql(TurnColumns.SHOWN
                        + "WHERE t.id IN (SELECT value FROM json_each(:numbers))" + seen + " ORDER BY t.id")
                .param("numbers", numbers.toString()); // a JSON array
        return (viewer == null ? query : query.param("viewer", viewer))
                .query((row, n) -> TurnColumns.turn(row))
                .list();
    }

    @Override
    public Optional<String> personaOf(String conversation) {
        return jdbc.sql("""
                        SELECT p.name FROM session s JOIN persona p ON p.id = s.persona_id
                        WHERE s.claude_session_id = :conversation OR EXISTS (
                            SELECT 1 FROM left_conversation l
                            WHERE l.session_id = s.id AND l.claude_session_id = :conversation)
                        ORDER BY s.id DESC LIMIT 1""")
                .param("conversation", conversation)
                .query(String.class)
                .optional();
    }

    private JdbcClient.StatementSpec select(String sql, TurnSelection selection) {
        JdbcClient.StatementSpec query = jdbc.sql(sql);
        if (selection.viewer() != null) {
            query = query.param("viewer", selection.viewer());
        }
        if (selection.persona() != null) {
            query = query.param("persona", selection.persona());
        }
        Instant since = selection.since();
        if (since != null) {
            query = query.param("since", since.toEpochMilli());
        }
        return selection.team() == null ? query : query.param("team", selection.team());
    }

    private static String where(TurnSelection selection) {
        return " WHERE " + IS_KEPT
                + (selection.viewer() == null ? "" : " AND " + SEEN)
                + (selection.persona() == null ? "" : " AND t.persona_id = :persona")
                + (selection.since() == null ? "" : " AND t.begun_at >= :since")
                + (selection.team() == null ? "" : " AND t.team = :team");
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }
}
