package dev.katra.core.search.sqlite;

import dev.katra.core.concurrent.BoundedCache;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.store.Writes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes one FTS5 table, whose rows have the ids of what they index. */
final class Fts5Index implements TextIndex {

    /**
     * The number of rows from which the frequency of a term is cached: to count a term takes as long as it has rows.
     */
    private static final long MIN_CACHED_ROWS = 64;

    private static final int MAX_CACHED = 10_000;

    /** The number of words from which a text is written into the index at once. */
    private static final int MOST_PENDING = 500;

    /** The number of rows, most of them a page each, that are deleted at once of a table that was replaced. */
    private static final int CLEARED_ROWS = 100;

    /** The number of pages that one write merges after the index was filled. */
    private static final int TIDIED_PAGES = 200;

    private static final Terms NOTHING = new Terms(List.of(), List.of(), List.of());

    private final JdbcClient jdbc;
    private final String name;
    private final BoundedCache<String, CachedFrequency> cache = new BoundedCache<>(MAX_CACHED);

    private record CachedFrequency(long rows, long size) {
        boolean isFresh(long now) {
            return Math.abs(now - size) <= size / 50;
        }
    }

    /** Opens the index of that name: memory or message. */
    Fts5Index(JdbcClient jdbc, String name) {
        this.jdbc = jdbc;
        this.name = name;
    }

    @Override
    public void add(long id, Terms terms) {
        jdbc.sql("INSERT INTO " + name + "_index (rowid, content, about, code) VALUES (?, ?, ?, ?)")
                .params(columns(id, terms))
                .update();
        if (terms.content().size() > MOST_PENDING) {
            flush();
        }
    }

    @Override
    public boolean remove(long id, List<Terms> parts) {
        if (!isIndexed(id)) {
            return true;
        }
        int done = parts.size() == 1 ? 0 : removed(id);
        boolean last = done + 1 == parts.size();
        jdbc.sql("INSERT INTO " + name + "_index (" + name + "_index, rowid, content, about, code)"
                        + " VALUES ('delete', ?, ?, ?, ?)")
                .params(columns(id, parts.get(done)))
                .update();
        if (!last) {
            add(id, NOTHING); // FTS5 counts its rows, and takes this one for gone
        }
        removed(id, last ? 0 : done + 1);
        flush();
        return last;
    }

    @Override
    public boolean restore(long id, IndexedText text, CutTexts cut) {
        if (removed(id) == 0) {
            return true;
        }
        if (!remove(id, cut.parts(text))) {
            return false;
        }
        add(id, cut.terms(text));
        return true;
    }

    private static List<Object> columns(long id, Terms terms) {
        return List.of(
                id, String.join(" ", terms.content()), String.join(" ", terms.meta()), String.join(" ", terms.forms()));
    }

    /** Has FTS5 do at once what it would put off to the next savepoint or the commit, so that a slice sees how long it takes. */
    private void flush() {
        jdbc.sql("SAVEPOINT indexed").update();
        jdbc.sql("RELEASE indexed").update();
    }

    /** Returns how many parts of a row are removed. */
    private int removed(long id) {
        return jdbc.sql("SELECT parts FROM index_removal WHERE name = ? AND id = ?")
                .params(name, id)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private void removed(long id, int parts) {
        if (parts == 0) {
            jdbc.sql("DELETE FROM index_removal WHERE name = ? AND id = ?")
                    .params(name, id)
                    .update();
        } else {
            jdbc.sql("INSERT OR REPLACE INTO index_removal (name, id, parts) VALUES (?, ?, ?)")
                    .params(name, id, parts)
                    .update();
        }
    }

    @Override
    public List<Long> begun() {
        return jdbc.sql("SELECT id FROM index_removal WHERE name = ?")
                .param(name)
                .query(Long.class)
                .list();
    }

    @Override
    public Filling filling() {
        return jdbc.sql("SELECT version, filled, last FROM index_state WHERE name = ?")
                .param(name)
                .query((row, n) -> new Filling(row.getInt("version"), row.getLong("filled"), row.getLong("last")))
                .single();
    }

    /** Puts an empty table into the place of the full one, since FTS5 deletes all rows of a table in one piece only. */
    @Override
    public void empty(int version, long last) {
        String definition = jdbc.sql("SELECT sql FROM sqlite_schema WHERE name = ?")
                .param(name + "_index")
                .query(String.class)
                .single();
        jdbc.sql("ALTER TABLE " + name + "_index RENAME TO " + replaced()).update();
        jdbc.sql(definition).update();
        jdbc.sql("SELECT k, v FROM " + replaced() + "_config WHERE k <> 'version'")
                .query((row, n) -> Map.entry(row.getString("k"), row.getObject("v")))
                .list()
                .forEach(setting -> set(setting.getKey(), setting.getValue()));
        jdbc.sql("DELETE FROM index_removal WHERE name = ?").param(name).update();
        jdbc.sql("UPDATE index_state SET version = ?, filled = 0, last = ? WHERE name = ?")
                .params(List.of(version, last, name))
                .update();
    }

    private void set(String setting, Object value) {
        jdbc.sql("INSERT INTO " + name + "_index (" + name + "_index, rank) VALUES (?, ?)")
                .params(List.of(setting, value))
                .update();
    }

    @Override
    public boolean isClear() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)")
                .param(replaced())
                .query(Boolean.class)
                .single();
    }

    /** Deletes rows of the tables that FTS5 keeps for the replaced one, which nobody searches any more, and last itself. */
    @Override
    public boolean clear() {
        if (isClear()) {
            return true;
        }
        if (deleted("data", "id") || deleted("docsize", "id") || deleted("idx", "segid, term")) {
            return false;
        }
        jdbc.sql("DROP TABLE " + replaced()).update();
        return true;
    }

    private boolean deleted(String kept, String key) {
        String table = replaced() + "_" + kept;
        return jdbc.sql("DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table + " LIMIT "
                                + CLEARED_ROWS + ")")
                        .update()
                > 0;
    }

    private String replaced() {
        return name + "_index_replaced";
    }

    @Override
    public void noteFilled(long id) {
        jdbc.sql("UPDATE index_state SET filled = ? WHERE name = ?")
                .params(List.of(id, name))
                .update();
    }

    /** Reads the record of averages that FTS5 keeps for bm25: the number of rows, then the tokens of each column. */
    @Override
    public IndexSize size() {
        byte[] record = jdbc.sql("SELECT block FROM " + name + "_index_data WHERE id = 1")
                .query((row, n) -> row.getBytes("block"))
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
        return new IndexSize(values[0], values[0] == 0 ? 1 : Math.max(1, (double) values[1] / values[0]));
    }

    @Override
    public Map<String, Long> frequencies(Collection<String> terms, IndexSize size) {
        Map<String, Long> found = new HashMap<>();
        List<String> unknown = terms.stream()
                .filter(term -> {
                    CachedFrequency before = cache.get(term);
                    if (before == null || !before.isFresh(size.rows())) {
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
                    found.put(row.getString("term"), row.getLong("doc"));
                });
        unknown.forEach(term -> {
            long rows = found.getOrDefault(term, 0L);
            if (rows >= MIN_CACHED_ROWS) {
                cache.put(term, new CachedFrequency(rows, size.rows()));
            }
        });
        return found;
    }

    @Override
    public List<Long> best(Collection<String> words, IndexFilter filter, long from, int most) {
        return jdbc.sql("SELECT rowid FROM " + name + "_index WHERE " + name + "_index MATCH ? AND rowid >= ?"
                        + " AND rank MATCH 'bm25(1.0, 0.5, 0.8)' ORDER BY rank LIMIT ?")
                .params(List.of(expression(words, filter), from, most))
                .query((row, n) -> row.getLong("rowid"))
                .list();
    }

    @Override
    public List<Long> newest(Collection<String> words, IndexFilter filter, long before, int most) {
        return jdbc.sql("SELECT rowid FROM " + name + "_index WHERE " + name
                        + "_index MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")
                .params(List.of(expression(words, filter), before, most))
                .query((row, n) -> row.getLong("rowid"))
                .list();
    }

    /** Returns the FTS5 expression for the rows that have any of the words and pass the filter. */
    private static String expression(Collection<String> words, IndexFilter filter) {
        String narrowed = filter.all().stream()
                .map(terms -> " AND " + anyOf(terms))
                .collect(Collectors.joining("", "(" + anyOf(words) + ")", ""));
        String hidden = filter.hidden();
        if (hidden == null) {
            return narrowed;
        }
        String open = "((" + narrowed + ") NOT " + quoted(hidden) + ")";
        String shown = filter.shown();
        return shown == null ? open : open + " OR (" + narrowed + " AND " + quoted(shown) + ")";
    }

    private static String anyOf(Collection<String> terms) {
        return terms.stream().map(Fts5Index::quoted).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Quotes a term, for raw text is FTS5 syntax, on which C++ or a-b fail; terms have no quotes. */
    private static String quoted(String term) {
        return '"' + term + '"';
    }

    /**
     * Describes how the index is stored.
     *
     * @param all the number of its pages, approximately
     * @param largest the number of pages of its largest segment
     */
    record PageCounts(long segments, long all, long largest) {}

    /** Returns how the index is stored. The table has a row for each page that a term begins on. */
    PageCounts pages() {
        return jdbc.sql(
                        "SELECT count(*) AS segments, coalesce(sum(pages), 0) AS pages, coalesce(max(pages), 0) AS largest"
                                + " FROM (SELECT count(*) AS pages FROM " + name + "_index_idx GROUP BY segid)")
                .query((row, n) ->
                        new PageCounts(row.getLong("segments"), row.getLong("pages"), row.getLong("largest")))
                .single();
    }

    @Override
    public void tidy(Writes writes, BooleanSupplier goesOn) {
        var unused = merge(writes, TIDIED_PAGES, goesOn); // filling leaves small segments, slow to search
    }

    /**
     * Merges all its segments, whatever their sizes, in writes of {@code pages} pages each, as long as {@code goesOn}.
     * Returns false if it did not finish. Must be called outside a write.
     */
    boolean merge(Writes writes, int pages, BooleanSupplier goesOn) {
        boolean more = writes.run(() -> merge(-pages));
        while (more && goesOn.getAsBoolean()) {
            more = writes.run(() -> merge(pages));
        }
        return !more;
    }

    /**
     * Merges up to {@code pages} pages, which makes the search a little faster; returns false if nothing is left to
     * merge. Must be called inside a write.
     */
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

    @Override
    public long highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM " + name)
                .query(Long.class)
                .single();
    }
}
