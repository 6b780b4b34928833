package dev.katra.core.search.sqlite;

import dev.katra.core.search.TextIndexes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens the FTS5 indexes of the store. */
@Component
class SqliteTextIndexes implements TextIndexes {

    private final Map<String, Fts5Index> opened = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;

    SqliteTextIndexes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Fts5Index of(String name) {
        return opened.computeIfAbsent(name, each -> new Fts5Index(jdbc, each));
    }
}
