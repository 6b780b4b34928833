package dev.katra.core.persona.sqlite;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService.PersonaSummary;
import dev.katra.core.persona.PersonaService.Standing;
import dev.katra.core.persona.Personas;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores personas in a table of SQLite, and reads what others hold of them. */
@Component
class SqlitePersonas implements Personas {

    private static final String PERSONA = "SELECT id, name, human, created_at FROM persona ";

    private static final String IS_VALID = "superseded_by IS NULL AND forgotten_at IS NULL";

    /** The SQL expression for the standing of a persona p; {@code SqliteDeliveries} addresses the room in the same way. */
    private static final String STANDING = """
            CASE WHEN EXISTS (SELECT 1 FROM session s WHERE s.persona_id = p.id AND s.ended_at IS NULL) THEN 'HERE'
                WHEN p.here_at IS NULL THEN 'AUTHOR' WHEN p.retired_at IS NULL THEN 'HERE' ELSE 'RETIRED' END""";

    private static final String SUMMARIES = "SELECT p.name, p.human, " + STANDING + """
             AS standing, coalesce((SELECT unread FROM inbox i WHERE i.persona_id = p.id), 0) AS unread,
                (SELECT count(*) FROM message m WHERE m.persona_id = p.id) AS said,
                (SELECT count(*) FROM memory m WHERE m.persona_id = p.id AND HOLDS) AS memories,
                (SELECT count(*) FROM memory m WHERE m.persona_id = p.id AND m.scope = 'PRIVATE' AND HOLDS) AS hidden
            FROM persona p ORDER BY p.id""".replace("HOLDS", IS_VALID);

    private final JdbcClient jdbc;

    SqlitePersonas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Persona> find(long id) {
        return jdbc.sql(PERSONA + "WHERE id = ?")
                .param(id)
                .query((row, n) -> persona(row))
                .optional();
    }

    @Override
    public List<Persona> find(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(PERSONA + "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id")
                        .param(ids.toString()) // a JSON array
                        .query((row, n) -> persona(row))
                        .list();
    }

    @Override
    public Optional<Persona> findByName(String name) {
        return jdbc.sql(PERSONA + "WHERE name = ?")
                .param(name)
                .query((row, n) -> persona(row))
                .optional();
    }

    @Override
    public Map<String, Long> idsByName(Collection<String> names) {
        Map<String, Long> found = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            String places = "?, ".repeat(names.size() - 1) + "?";
            jdbc.sql("SELECT name, id FROM persona WHERE name IN (" + places + ") ORDER BY id")
                    .params(List.copyOf(names))
                    .query(row -> {
                        found.put(row.getString("name"), row.getLong("id"));
                    });
        }
        return found;
    }

    @Override
    public List<Persona> findAllHere() {
        return jdbc.sql(PERSONA + "WHERE here_at IS NOT NULL AND retired_at IS NULL ORDER BY id")
                .query((row, n) -> persona(row))
                .list();
    }

    @Override
    public List<Persona> findPeopleHere() {
        return jdbc.sql(PERSONA + "WHERE human AND here_at IS NOT NULL AND retired_at IS NULL")
                .query((row, n) -> persona(row))
                .list();
    }

    @Override
    public Standing standing(long id) {
        return Standing.valueOf(jdbc.sql("SELECT " + STANDING + " FROM persona p WHERE p.id = ?")
                .param(id)
                .query(String.class)
                .single());
    }

    @Override
    public List<PersonaSummary> summaries() {
        return jdbc.sql(SUMMARIES)
                .query((row, n) -> new PersonaSummary(
                        row.getString("name"),
                        row.getBoolean("human"),
                        Standing.valueOf(row.getString("standing")),
                        row.getInt("unread"),
                        row.getInt("said"),
                        row.getInt("memories"),
                        row.getInt("hidden")))
                .list();
    }

    @Override
    public boolean isRunning(long id) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM session WHERE persona_id = ? AND ended_at IS NULL)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isRetired(long id) {
        return jdbc.sql("SELECT retired_at IS NOT NULL FROM persona WHERE id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Long> privateMemories(long id) {
        return jdbc.sql("SELECT id FROM memory WHERE persona_id = ? AND scope = 'PRIVATE' AND " + IS_VALID)
                .param(id)
                .query(Long.class)
                .list();
    }

    @Override
    public Persona add(String name, boolean human, Instant at) {
        long id = jdbc.sql("INSERT INTO persona (name, human, created_at) VALUES (?, ?, ?) RETURNING id")
                .params(List.of(name, human, at.toEpochMilli()))
                .query(Long.class)
                .single();
        return new Persona(id, name, human, at);
    }

    @Override
    public void changeHuman(long id, boolean human) {
        jdbc.sql("UPDATE persona SET human = ? WHERE id = ?")
                .params(List.of(human, id))
                .update();
    }

    @Override
    public void rename(long id, String name) {
        jdbc.sql("UPDATE persona SET name = ? WHERE id = ?")
                .params(List.of(name, id))
                .update();
    }

    @Override
    public void markHere(long id, Instant at) {
        jdbc.sql("""
                        UPDATE persona SET here_at = coalesce(here_at, ?), retired_at = NULL
                        WHERE id = ? AND (here_at IS NULL OR retired_at IS NOT NULL)""").params(List.of(at.toEpochMilli(), id)).update();
    }

    @Override
    public void markRetired(long id, Instant at) {
        jdbc.sql("UPDATE persona SET retired_at = ? WHERE id = ?")
                .params(List.of(at.toEpochMilli(), id))
                .update();
    }

    @Override
    public void markAuthor(long id) {
        jdbc.sql("UPDATE persona SET here_at = NULL, retired_at = NULL WHERE id = ?")
                .param(id)
                .update();
    }

    private static Persona persona(ResultSet row) throws SQLException {
        return new Persona(
                row.getLong("id"), row.getString("name"), row.getBoolean("human"), Columns.instant(row, "created_at"));
    }
}
