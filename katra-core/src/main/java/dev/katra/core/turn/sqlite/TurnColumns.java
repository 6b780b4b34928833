package dev.katra.core.turn.sqlite;

import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.turn.PastTurn;
import dev.katra.core.turn.PastTurn.TurnMarks;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnOrigin;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Names the columns of a turn as it is shown, and reads them. */
final class TurnColumns {

    /** The query of turns as they are shown; t is the turn, p its persona, and s its session. */
    static final String SHOWN = """
            SELECT t.id, t.uid, p.name, t.handover, t.team, t.begun_at, t.ended_at, t.conversation, s.uid AS session,
                t.folder, t.prompt, t.answer
            FROM turn t JOIN persona p ON p.id = t.persona_id LEFT JOIN session s ON s.id = t.session_id
            """;

    private TurnColumns() {}

    static PastTurn turn(ResultSet row) throws SQLException {
        return new PastTurn(
                row.getLong("id"),
                row.getString("uid"),
                row.getString("name"),
                new TurnMarks(row.getBoolean("handover"), row.getBoolean("team")),
                new TurnOrigin(
                        Columns.instant(row, "begun_at"),
                        Columns.nullableInstant(row, "ended_at"),
                        row.getString("conversation"),
                        row.getString("session"),
                        row.getString("folder")),
                body(row));
    }

    static TurnBody body(ResultSet row) throws SQLException {
        return new TurnBody(row.getString("prompt"), row.getString("answer"));
    }
}
