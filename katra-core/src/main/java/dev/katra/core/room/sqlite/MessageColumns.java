package dev.katra.core.room.sqlite;

import dev.katra.core.room.Said;
import dev.katra.core.room.Sender;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Names the columns of the parts of a message, and reads them. In a query m is the message, and p who said it. */
final class MessageColumns {

    /** The number of a message, and whether it went to the room. */
    static final String MESSAGE = "m.id, m.to_room";

    static final String SENDER = "p.name, p.human";
    static final String SAID = "m.reply_to, m.text, m.created_at";

    private MessageColumns() {}

    static Sender sender(ResultSet row) throws SQLException {
        return new Sender(row.getString("name"), row.getBoolean("human"));
    }

    static Said said(ResultSet row) throws SQLException {
        return new Said(
                Columns.nullableNumber(row, "reply_to"), row.getString("text"), Columns.instant(row, "created_at"));
    }
}
