package dev.katra.core.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row by name: instants, which are stored in epoch milliseconds, and what may be null. */
public final class Columns {

    private Columns() {}

    /** Returns a number that is never 0, such as an id; null if the column is null. */
    public static @Nullable Long nullableNumber(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 ? null : value;
    }

    /** Returns an instant. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    /** Returns an instant that is never the epoch; null if the column is null. */
    public static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 ? null : Instant.ofEpochMilli(value);
    }
}
