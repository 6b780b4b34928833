package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.StartCandidates;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds memories for a start in a table of SQLite. Each group has an index, of which the first few are read. */
@Component
class SqliteStartCandidates implements StartCandidates {

    private static final String IS_VALID = " AND m.superseded_by IS NULL AND m.forgotten_at IS NULL"
            + " AND (m.scope = 'TEAM' OR m.persona_id = :viewer)";
    static final String IMPORTANT = "SELECT m.id FROM memory m WHERE m.importance > 3" + IS_VALID
            + " ORDER BY m.importance DESC, m.id DESC LIMIT 40";
    static final String DECIDED =
            "SELECT m.id FROM memory m WHERE m.kind = 'DECISION'" + IS_VALID + " ORDER BY m.id DESC LIMIT 30";
    static final String CONFIRMED = "SELECT m.id FROM memory m WHERE m.confirmations > 0" + IS_VALID
            + " ORDER BY m.confirmations DESC, m.id DESC LIMIT 20";
    static final String OWN =
            "SELECT m.id FROM memory m WHERE m.persona_id = :viewer" + IS_VALID + " ORDER BY m.id DESC LIMIT 30";
    static final String IN_FOLDER =
            "SELECT m.id FROM memory m WHERE m.folder = :folder" + IS_VALID + " ORDER BY m.id DESC LIMIT 40";
    /** The query for memories of the whole repository among the newest ones. */
    static final String IN_REPOSITORY = "SELECT m.id FROM memory m WHERE m.id > (SELECT max(id) FROM memory) - 3000"
            + " AND m.folder >= :below AND m.folder < :end" + IS_VALID + " ORDER BY m.id DESC LIMIT 40";

    private final JdbcClient jdbc;

    SqliteStartCandidates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Long> find(long viewer, List<Path> folders) {
        Set<Long> ids = new LinkedHashSet<>();
        for (String sql : List.of(IMPORTANT, DECIDED, CONFIRMED, OWN)) {
            ids.addAll(jdbc.sql(sql).param("viewer", viewer).query(Long.class).list());
        }
        for (Path each : folders) {
            ids.addAll(jdbc.sql(IN_FOLDER)
                    .param("viewer", viewer)
                    .param("folder", each.toString())
                    .query(Long.class)
                    .list());
        }
        if (!folders.isEmpty()) {
            String root = folders.get(folders.size() - 1).toString();
            ids.addAll(jdbc.sql(IN_REPOSITORY)
                    .param("viewer", viewer)
                    .param("below", root + "/")
                    .param("end", root + "0") // what comes after the slash
                    .query(Long.class)
                    .list());
        }
        return ids;
    }
}
