package dev.katra.core.search;

import dev.katra.core.store.Writes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One full-text index of the store. Its rows have the ids of what they index. */
public final class TextIndex {

    /** To count a term costs as much as it has rows: from here on the count is kept. */
    private static final long KEPT_FROM = 64;

    private static final int MOST_KEPT = 10_000;

    private final JdbcClient jdbc;
    private final String name;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(long rows, long size) {
        boolean still(long now) {
            return Math.abs(now - size) <= size / 50;
        }
    }

    /**
     * How large it is.
     *
     * @param length how many words its texts have on average
     */
    record Size(long rows, double length) {}

    /** The index of that noun: memory or message. */
    public TextIndex(JdbcClient jdbc, String name) {
        this.jdbc = jdbc;
        this.name = name;
    }

    /** Inside a write: adds a row. */
    public void add(long id, Terms terms) {
        jdbc.sql("INSERT INTO " + name + "_index (rowid, content, about, code) VALUES (?, ?, ?, ?)")
                .param(id)
                .param(String.join(" ", terms.content()))
                .param(String.join(" ", terms.about()))
                .param(String.join(" ", terms.code()))
                .update();
    }

    /**
     * Inside a write: removes a row, which takes the same terms that it was added with, because the index has no text to
     * look them up. Does nothing for a row that waits to be indexed.
     */
    public void remove(long id, Terms terms) {
        if (!has(id)) {
            return;
        }
        jdbc.sql("INSERT INTO " + name + "_index (" + name + "_index, rowid, content, about, code)"
                        + " VALUES ('delete', ?, ?, ?, ?)")
                .param(id)
                .param(String.join(" ", terms.content()))
                .param(String.join(" ", terms.about()))
                .param(String.join(" ", terms.code()))
                .update();
    }

    /** Whether it holds that row, or will once it is stored: rows that wait to be indexed it does not. */
    public boolean has(long id) {
        return jdbc.sql("SELECT version = ? AND (? <= filled OR ? > last) FROM index_state WHERE name = ?")
                .params(List.of(Analyser.VERSION, id, id, name))
                .query(Boolean.class)
                .single();
    }

    /** From the record of averages that FTS5 keeps for bm25: the number of rows, then the tokens of each column. */
    Size size() {
        byte[] record = jdbc.sql("SELECT block FROM " + name + "_index_data WHERE id = 1")
                .query((row, n) -> row.getBytes(1))
                .optional()
                .orElse(new byte[0]);
        long[] values = new long[2];
        int at = 0;
        for (int i = 0; i < values.length && at < record.length; i++) {
            long value = 0;
            int bytes = 0;
            byte read;
            do {
                read = record[at++];
                bytes++;
                value = bytes == 9 ? (value << 8) | (read & 0xff) : (value << 7) | (read & 0x7f);
            } while (read < 0 && bytes < 9 && at < record.length);
            values[i] = value;
        }
        return new Size(values[0], values[0] == 0 ? 1 : Math.max(1, (double) values[1] / values[0]));
    }

    /** In how many rows each of the terms is; those that are in none are missing. */
    Map<String, Long> frequencies(Collection<String> terms, Size size) {
        Map<String, Long> found = new HashMap<>();
        List<String> unknown = terms.stream()
                .filter(term -> {
                    Kept before = kept.get(term);
                    if (before == null || !before.still(size.rows())) {
                        return true;
                    }
                    found.put(term, before.rows());
                    return false;
                })
                .toList();
        if (unknown.isEmpty()) {
            return found;
        }
        String places = "?, ".repeat(unknown.size() - 1) + "?";
        jdbc.sql("SELECT term, doc FROM " + name + "_word WHERE term IN (" + places + ")")
                .params(unknown)
                .query(row -> {
                    found.put(row.getString(1), row.getLong(2));
                });
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        unknown.forEach(term -> {
            long rows = found.getOrDefault(term, 0L);
            if (rows >= KEPT_FROM) {
                kept.put(term, new Kept(rows, size.rows()));
            }
        });
        return found;
    }

    /** The best rows for an expression by bm25, among those with ids of at least {@code from}. */
    List<Long> best(String expression, long from, int most) {
        return jdbc.sql("SELECT rowid FROM " + name + "_index WHERE " + name + "_index MATCH ? AND rowid >= ?"
                        + " AND rank MATCH 'bm25(1.0, 0.5, 0.8)' ORDER BY rank LIMIT ?")
                .params(List.of(expression, from, most))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** The newest rows with ids below {@code before} that pass a filter which narrows, newest first. */
    public List<Long> newest(Filter filter, long before, int most) {
        return newest(filter.of(Filter.anyOf(filter.all().get(0)), frequencies(filter.marks(), size())), before, most);
    }

    /** The newest rows for an expression with ids below {@code before}, newest first. */
    List<Long> newest(String expression, long before, int most) {
        return jdbc.sql("SELECT rowid FROM " + name + "_index WHERE " + name
                        + "_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")
                .params(List.of(expression, before, most))
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /**
     * How it is stored.
     *
     * @param all its pages, about
     * @param largest those of its largest segment
     */
    record Pages(long segments, long all, long largest) {}

    /** How it is stored. The table has a row for each page that a term begins on. */
    Pages pages() {
        return jdbc.sql("SELECT count(*), coalesce(sum(pages), 0), coalesce(max(pages), 0)"
                        + " FROM (SELECT count(*) AS pages FROM " + name + "_index_idx GROUP BY segid)")
                .query((row, n) -> new Pages(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /**
     * Outside of a write: merges all its segments, whatever their sizes, in writes of so many pages each, and goes on with
     * each while it may; false if it did not come to the end.
     */
    boolean merge(Writes writes, int pages, BooleanSupplier goesOn) {
        boolean more = writes.run(() -> merge(-pages));
        while (more && goesOn.getAsBoolean()) {
            more = writes.run(() -> merge(pages));
        }
        return !more;
    }

    /** Inside a write: makes the search a little faster if it can; false if there is nothing left to do. */
    boolean merge(int pages) {
        long before = changes();
        jdbc.sql("INSERT INTO " + name + "_index (" + name + "_index, rank) VALUES ('merge', ?)")
                .param(pages)
                .update();
        return changes() - before > 1;
    }

    private long changes() {
        return jdbc.sql("SELECT total_changes()").query(Long.class).single();
    }

    /** The highest id. */
    long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM " + name)
                .query(Long.class)
                .single();
    }
}
