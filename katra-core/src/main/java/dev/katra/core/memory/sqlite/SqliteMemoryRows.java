package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryRow;
import dev.katra.core.memory.MemoryRows;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.Terms;
import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.text.Uids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores memories in a table of SQLite. This is plain SQL, because every memory passes here, one after the other, and
 * saving an aggregate takes several times as long.
 */
@Component
class SqliteMemoryRows implements MemoryRows {

    private static final String FOUND =
            "SELECT m.id, m.persona_id, " + MemoryColumns.BODY + ", m.forgotten_at, m.superseded_by FROM memory m ";

    private static final String SAID =
            "INSERT INTO memory (" + MemoryColumns.BODY_SET + """
            , uid, persona_id, session_id, call_id, created_at, supersedes, confirmations, content_hash, same_hash, terms,
                provider, model, folder, previous_id)
            SELECT\s""" + MemoryColumns.BODY_VALUES + """
            , :uid, :persona, s.id, :call, :at, :supersedes, 0, :hash, :same, :terms,
                s.provider, s.model, s.folder, (SELECT max(id) FROM memory WHERE session_id = s.id)
            FROM (SELECT 1) LEFT JOIN session s ON s.id = :session
            RETURNING id""";

    private static final String IMPORTED =
            "INSERT INTO memory (" + MemoryColumns.BODY_SET + """
            , uid, persona_id, session_id, created_at, supersedes, confirmations, confirmed_at, content_hash,
                same_hash, imported, provider, model, folder, previous_id)
            VALUES (""" + MemoryColumns.BODY_VALUES + """
            , :uid, :persona, (SELECT id FROM session WHERE uid = :session), :at, :supersedes,
                :confirmations, :confirmedAt, :hash, :same, 1,
                :provider, :model, :folder, (SELECT id FROM memory WHERE uid = :previous))
            RETURNING id""";

    private static final String FORGOTTEN = "UPDATE memory SET " + MemoryColumns.EMPTIED
            + ", content_hash = NULL, same_hash = NULL, forgotten_at = :at WHERE id = :id AND forgotten_at IS NULL";

    private final JdbcClient jdbc;

    SqliteMemoryRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<MemoryRow> find(long id) {
        return jdbc.sql(FOUND + "WHERE m.id = :id")
                .param("id", id)
                .query((row, n) -> row(row))
                .optional();
    }

    @Override
    public @Nullable Long number(@Nullable String uid) {
        return uid == null
                ? null
                : jdbc.sql("SELECT id FROM memory WHERE uid = :uid")
                        .param("uid", uid)
                        .query(Long.class)
                        .optional()
                        .orElse(null);
    }

    @Override
    public long add(
            Actor actor, MemoryBody body, @Nullable String callId, @Nullable Long supersedes, Instant at, Terms terms) {
        return MemoryColumns.set(jdbc.sql(SAID), body)
                .param("uid", Uids.next())
                .param("persona", actor.personaId())
                .param("session", actor.sessionId())
                .param("call", callId)
                .param("at", at.toEpochMilli())
                .param("supersedes", supersedes)
                .param("hash", body.contentHash(actor.personaId()))
                .param("same", body.sameHash(actor.personaId()))
                .param("terms", TermVector.of(0, terms).encode())
                .query(Long.class)
                .single();
    }

    @Override
    public long add(
            ExportedMemory record, MemoryBody body, long personaId, @Nullable String hash, @Nullable Long supersedes) {
        MemoryOrigin origin = record.origin();
        Instant confirmedAt = record.confirmations().lastAt();
        return MemoryColumns.set(jdbc.sql(IMPORTED), body)
                .param("uid", record.uid())
                .param("persona", personaId)
                .param("session", origin.session())
                .param("at", origin.at().toEpochMilli())
                .param("supersedes", supersedes)
                .param("confirmations", record.confirmations().count())
                .param("confirmedAt", confirmedAt == null ? null : confirmedAt.toEpochMilli())
                .param("hash", hash)
                .param("same", hash == null ? null : body.sameHash(personaId))
                .param("provider", origin.provider())
                .param("model", origin.model())
                .param("folder", origin.folder())
                .param("previous", record.predecessors().previous())
                .query(Long.class)
                .single();
    }

    @Override
    public void markForgotten(long id, Instant at) {
        jdbc.sql(FORGOTTEN).param("id", id).param("at", at.toEpochMilli()).update();
        jdbc.sql("DELETE FROM memory_use WHERE memory_id = :id").param("id", id).update();
        jdbc.sql("DELETE FROM memory_contradiction WHERE memory_id = :id OR by_id = :id")
                .param("id", id)
                .update();
    }

    @Override
    public void markConfirmed(long id, MemoryBody body, Instant at) {
        jdbc.sql("""
                        UPDATE memory SET kind = :kind, importance = :importance, tags = :tags,
                            confirmations = min(confirmations, 999999) + 1, confirmed_at = :at
                        WHERE id = :id""")
                .param("id", id)
                .param("kind", body.kind().name())
                .param("importance", body.importance())
                .param("tags", TagColumn.stored(body.tags()))
                .param("at", at.toEpochMilli())
                .update();
    }

    @Override
    public void markSuperseded(long id, long successor) {
        jdbc.sql("UPDATE memory SET superseded_by = :successor, content_hash = NULL, same_hash = NULL WHERE id = :id")
                .param("id", id)
                .param("successor", successor)
                .update();
    }

    @Override
    public void markContradicted(long id, long by, Instant at) {
        jdbc.sql("INSERT OR IGNORE INTO memory_contradiction (memory_id, by_id, created_at) VALUES (:id, :by, :at)")
                .param("id", id)
                .param("by", by)
                .param("at", at.toEpochMilli())
                .update();
    }

    @Override
    public int removeContradictions(long id) {
        return jdbc.sql("DELETE FROM memory_contradiction WHERE memory_id = :id")
                .param("id", id)
                .update();
    }

    @Override
    public void takeContradictions(long id, long from) {
        jdbc.sql("""
                        INSERT OR IGNORE INTO memory_contradiction (memory_id, by_id, created_at)
                        SELECT memory_id, :id, created_at FROM memory_contradiction
                        WHERE by_id = :from AND memory_id <> :id""").param("id", id).param("from", from).update();
    }

    @Override
    public void takeMarks(long id, long from) {
        jdbc.sql("""
                        INSERT OR IGNORE INTO memory_contradiction (memory_id, by_id, created_at)
                        SELECT :id, by_id, created_at FROM memory_contradiction
                        WHERE memory_id = :from AND by_id <> :id""").param("id", id).param("from", from).update();
    }

    @Override
    public List<MemoryRow> withoutSameHash(int most) {
        return jdbc.sql(FOUND + "WHERE m.same_hash IS NULL AND m.content_hash IS NOT NULL ORDER BY m.id LIMIT :most")
                .param("most", most)
                .query((row, n) -> row(row))
                .list();
    }

    @Override
    public void storeSameHash(long id, String hash) {
        jdbc.sql("UPDATE memory SET same_hash = :hash WHERE id = :id AND content_hash IS NOT NULL")
                .param("id", id)
                .param("hash", hash)
                .update();
    }

    @Override
    public void setPredecessor(long id, long predecessor) {
        jdbc.sql("UPDATE memory SET supersedes = :predecessor WHERE id = :id")
                .param("id", id)
                .param("predecessor", predecessor)
                .update();
    }

    @Override
    public void makePrivate(long id) {
        jdbc.sql("UPDATE memory SET scope = 'PRIVATE' WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static MemoryRow row(ResultSet row) throws SQLException {
        return new MemoryRow(
                row.getLong("id"),
                row.getLong("persona_id"),
                MemoryColumns.body(row),
                Columns.nullableInstant(row, "forgotten_at"),
                Columns.nullableNumber(row, "superseded_by"));
    }
}
