package dev.katra.core.search;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One full-text index of the store. Its rows have the ids of what they index. */
public final class TextIndex {

    private final JdbcClient jdbc;
    private final String name;

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

    /** Inside a write: adds a row that has been removed, unless it waits to be indexed. */
    public void addAgain(long id, Terms terms) {
        if (has(id)) {
            add(id, terms);
        }
    }

    /** The expression that any word of the text fulfils; empty if it has none. */
    public static String anyOf(String text) {
        return new Analyser()
                .words(text).stream()
                        .limit(64)
                        .map(word -> '"' + word.term() + '"')
                        .collect(java.util.stream.Collectors.joining(" OR "));
    }

    private boolean has(long id) {
        return jdbc.sql("SELECT version = ? AND (? <= filled OR ? > last) FROM index_state WHERE name = ?")
                .params(List.of(Analyser.VERSION, id, id, name))
                .query(Boolean.class)
                .single();
    }
}
