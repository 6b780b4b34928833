package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the embedding vectors of memories in a table of SQLite. */
@Component
class SqliteMemoryVectors implements MemoryVectors {

    private final JdbcClient jdbc;
    private final Reads reads;
    private final Writes writes;

    SqliteMemoryVectors(JdbcClient jdbc, Reads reads, Writes writes) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public List<PendingMemory> pending(String embedder, long after, int most) {
        return reads.run(() -> jdbc.sql("""
                        SELECT m.id, p.name, m.tags, m.content FROM memory m JOIN persona p ON p.id = m.persona_id
                        WHERE m.id > :after AND m.forgotten_at IS NULL AND NOT EXISTS (
                            SELECT 1 FROM memory_vector v WHERE v.memory_id = m.id AND v.embedder = :embedder)
                        ORDER BY m.id LIMIT :most""")
                .param("after", after)
                .param("embedder", embedder)
                .param("most", most)
                .query((row, n) -> new PendingMemory(
                        row.getLong("id"), row.getString("name"), row.getString("tags"), row.getString("content")))
                .list());
    }

    @Override
    public SortedMap<Long, byte[]> page(String embedder, long after, int most) {
        SortedMap<Long, byte[]> vectors = new TreeMap<>();
        reads.run(() -> jdbc.sql("""
                        SELECT memory_id, vector FROM memory_vector
                        WHERE embedder = :embedder AND memory_id > :after ORDER BY memory_id LIMIT :most""")
                        .param("after", after)
                        .param("embedder", embedder)
                        .param("most", most)
                        .query((row, n) -> Map.entry(row.getLong("memory_id"), row.getBytes("vector")))
                        .list())
                .forEach(each -> vectors.put(each.getKey(), each.getValue()));
        return vectors;
    }

    @Override
    public void store(String embedder, Map<Long, byte[]> vectors) {
        writes.run(() -> {
            vectors.forEach((number, vector) -> jdbc.sql("""
                            INSERT OR REPLACE INTO memory_vector (memory_id, embedder, vector)
                            SELECT id, :embedder, :vector FROM memory WHERE id = :id AND forgotten_at IS NULL""")
                    .param("id", number)
                    .param("embedder", embedder)
                    .param("vector", vector)
                    .update());
            return vectors.size();
        });
    }

    @Override
    public long numberBeforeNewest(int newest) {
        return reads.run(() -> jdbc.sql("""
                        SELECT id FROM memory WHERE forgotten_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET :newest""")
                .param("newest", newest)
                .query(Long.class)
                .optional()
                .orElse(0L));
    }

    @Override
    public long countVectors(String embedder) {
        return reads.run(() -> jdbc.sql("SELECT count(*) FROM memory_vector WHERE embedder = :embedder")
                .param("embedder", embedder)
                .query(Long.class)
                .single());
    }

    @Override
    public long countMemories() {
        return reads.run(() -> jdbc.sql("SELECT count(*) FROM memory WHERE forgotten_at IS NULL")
                .query(Long.class)
                .single());
    }

    @Override
    public int removeOthers(String embedder, int most) {
        return writes.run(() ->
                jdbc.sql("""
                        DELETE FROM memory_vector WHERE memory_id IN (
                            SELECT memory_id FROM memory_vector WHERE embedder <> :embedder LIMIT :most)""").param("embedder", embedder).param("most", most).update());
    }

    @Override
    public void remove(long number) {
        jdbc.sql("DELETE FROM memory_vector WHERE memory_id = ?").param(number).update();
    }
}
