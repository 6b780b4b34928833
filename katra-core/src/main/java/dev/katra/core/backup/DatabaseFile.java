package dev.katra.core.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads a database file on a connection of its own, apart from the store. */
final class DatabaseFile implements AutoCloseable {

    private static final int BUSY_MILLIS = 5_000;

    /** A part of the names of indexes that were replaced and are being cleared: that they are not whole is no damage. */
    private static final String BEING_CLEARED = "_index_replaced";

    private final Connection connection;

    private DatabaseFile(Connection connection) {
        this.connection = connection;
    }

    /** Opens the database through SQLite, so that another process may use it meanwhile. */
    static DatabaseFile open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return new DatabaseFile(source.getConnection());
    }

    /**
     * Opens the database for reading only.
     *
     * @param quiet true if nobody has it open, so that SQLite need not make files beside it
     */
    static DatabaseFile openToRead(Path file, boolean quiet) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?" + (quiet ? "immutable=1" : "mode=ro"));
        return new DatabaseFile(source.getConnection());
    }

    /**
     * Returns the damage that SQLite finds in the database, one line each; the list is empty if the database is whole.
     */
    List<String> damage() throws SQLException {
        return Stream.concat(
                        texts("PRAGMA integrity_check(5)").stream()
                                .filter(Predicate.not("ok"::equals))
                                .filter(line -> !line.contains(BEING_CLEARED)),
                        texts("PRAGMA foreign_key_check").stream()
                                .map(table -> "a row of " + table + " refers to a missing row"))
                .toList();
    }

    int schema() throws SQLException {
        return (int) number("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success");
    }

    long rows(String table) throws SQLException {
        return number("SELECT count(*) FROM " + table);
    }

    long memories() throws SQLException {
        return number("SELECT count(*) FROM memory WHERE forgotten_at IS NULL");
    }

    /**
     * Makes the database one file and overwrites its token hashes: a session may have ended before the backup is
     * restored, and its token must not be accepted then.
     */
    void seal() throws SQLException {
        texts("PRAGMA journal_mode = DELETE");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE session SET token_hash = 'none ' || id");
        }
    }

    List<StoredSession> liveSessions() throws SQLException {
        List<StoredSession> live = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT p.name, s.pid, s.pid_started_at, s.pid_mark FROM session s"
                                + " JOIN persona p ON p.id = s.persona_id WHERE s.ended_at IS NULL AND s.pid IS NOT NULL")) {
            while (row.next()) {
                long started = row.getLong("pid_started_at");
                @Nullable Long known = row.wasNull() ? null : started;
                live.add(
                        new StoredSession(row.getString("name"), row.getLong("pid"), known, row.getString("pid_mark")));
            }
        }
        return live;
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
