package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Names the columns of the parts of a memory, and reads and sets them. In a query m is the memory, p its persona and s
 * its session.
 */
final class MemoryColumns {

    static final String BODY = "m.kind, m.scope, m.importance, m.tags, m.content";
    static final String AUTHOR = "p.name AS author, p.human";
    static final String ORIGIN = "m.created_at, m.provider, m.model, m.folder, s.uid AS session, m.imported";
    static final String CONFIRMATIONS = "m.confirmations, m.confirmed_at";

    /** The columns of the body in an INSERT, whose values are {@link #BODY_VALUES}. */
    static final String BODY_SET = "kind, scope, importance, tags, content";

    /** The parameters that {@link #set} gives their values. */
    static final String BODY_VALUES = ":kind, :scope, :importance, :tags, :content";

    /** The assignments of an UPDATE that take from a memory all that was said in it, and where. */
    static final String EMPTIED = "content = '', tags = '', folder = NULL";

    private MemoryColumns() {}

    static MemoryBody body(ResultSet row) throws SQLException {
        return new MemoryBody(
                MemoryKind.valueOf(row.getString("kind")),
                MemoryScope.valueOf(row.getString("scope")),
                row.getInt("importance"),
                TagColumn.of(row.getString("tags")),
                row.getString("content"));
    }

    static StatementSpec set(StatementSpec insert, MemoryBody body) {
        return insert.param("kind", body.kind().name())
                .param("scope", body.scope().name())
                .param("importance", body.importance())
                .param("tags", TagColumn.stored(body.tags()))
                .param("content", body.content());
    }

    static MemoryAuthor author(ResultSet row) throws SQLException {
        return new MemoryAuthor(row.getString("author"), row.getBoolean("human"));
    }

    static MemoryOrigin origin(ResultSet row) throws SQLException {
        return new MemoryOrigin(
                Columns.instant(row, "created_at"),
                row.getString("provider"),
                row.getString("model"),
                row.getString("folder"),
                row.getString("session"),
                row.getBoolean("imported"));
    }

    static MemoryConfirmations confirmations(ResultSet row) throws SQLException {
        return new MemoryConfirmations(row.getInt("confirmations"), Columns.nullableInstant(row, "confirmed_at"));
    }
}
