package dev.katra.core.memory;

import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored vectors of memories, and which memories wait for one. */
@Component
public class MemoryVectors {

    private final JdbcClient jdbc;
    private final Reads reads;
    private final Writes writes;

    MemoryVectors(JdbcClient jdbc, Reads reads, Writes writes) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.writes = writes;
    }

    /** A memory that has no vector of an embedder. */
    public record Waiting(long number, String author, String tags, String content) {

        /** What its vector shall stand for: a question may ask for a text by who wrote it, and by its subjects. */
        public String text() {
            return author + (tags.isBlank() ? "" : " " + tags.strip()) + ": " + content;
        }
    }

    /** Those without a vector of this embedder, numbered higher than {@code after}, in that order. */
    public List<Waiting> waiting(String embedder, long after, int most) {
        return reads.run(() -> jdbc.sql("""
                        SELECT m.id, p.name, m.tags, m.content FROM memory m JOIN persona p ON p.id = m.persona_id
                        WHERE m.id > :after AND m.forgotten_at IS NULL AND NOT EXISTS (
                            SELECT 1 FROM memory_vector v WHERE v.memory_id = m.id AND v.embedder = :embedder)
                        ORDER BY m.id LIMIT :most""")
                .param("after", after)
                .param("embedder", embedder)
                .param("most", most)
                .query((row, n) -> new Waiting(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list());
    }

    /**
     * The vectors of this embedder of memories numbered higher than {@code after}, by their numbers and in that order: one
     * signed byte per dimension.
     */
    public SortedMap<Long, byte[]> page(String embedder, long after, int most) {
        SortedMap<Long, byte[]> vectors = new TreeMap<>();
        reads.run(() -> jdbc.sql("""
                        SELECT memory_id, vector FROM memory_vector
                        WHERE embedder = :embedder AND memory_id > :after ORDER BY memory_id LIMIT :most""")
                        .param("after", after)
                        .param("embedder", embedder)
                        .param("most", most)
                        .query((row, n) -> Map.entry(row.getLong(1), row.getBytes(2)))
                        .list())
                .forEach(each -> vectors.put(each.getKey(), each.getValue()));
        return vectors;
    }

    /** Stores vectors, instead of those of another embedder; none for a memory that is forgotten meanwhile. */
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

    /** The number after which the newest so many memories come that are not forgotten; 0 if there are no more. */
    public long before(int newest) {
        return reads.run(() -> jdbc.sql("""
                        SELECT id FROM memory WHERE forgotten_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET :newest""")
                .param("newest", newest)
                .query(Long.class)
                .optional()
                .orElse(0L));
    }

    /** How many there are of this embedder. */
    public long count(String embedder) {
        return reads.run(() -> jdbc.sql("SELECT count(*) FROM memory_vector WHERE embedder = :embedder")
                .param("embedder", embedder)
                .query(Long.class)
                .single());
    }

    /** How many memories there are that can have one. */
    public long memories() {
        return reads.run(() -> jdbc.sql("SELECT count(*) FROM memory WHERE forgotten_at IS NULL")
                .query(Long.class)
                .single());
    }

    /** Removes up to so many vectors of any other embedder, or all if it is empty; returns how many it removed. */
    public int removeOthers(String embedder, int most) {
        return writes.run(() ->
                jdbc.sql("""
                        DELETE FROM memory_vector WHERE memory_id IN (
                            SELECT memory_id FROM memory_vector WHERE embedder <> :embedder LIMIT :most)""").param("embedder", embedder).param("most", most).update());
    }

    /** Inside a write: these memories are forgotten. */
    void remove(List<Long> numbers) {
        jdbc.sql("DELETE FROM memory_vector WHERE memory_id IN (:numbers)")
                .param("numbers", numbers)
                .update();
    }
}
