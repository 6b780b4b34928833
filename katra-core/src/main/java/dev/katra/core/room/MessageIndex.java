package dev.katra.core.room;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.search.TextSearch;
import dev.katra.core.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the full-text index of the messages, and searches it. */
@Component
class MessageIndex implements Searchable {

    private static final String INDEXED = """
            SELECT m.id, m.text, p.name, m.persona_id, m.created_at, CASE WHEN m.to_room THEN NULL ELSE coalesce((
                SELECT group_concat(d.persona_id) FROM delivery d WHERE d.message_id = m.id), '') END AS addressees
            FROM message m JOIN persona p ON p.id = m.persona_id
            """;

    /**
     * The number of messages whose term vectors are cached: 34 MB with the largest number of terms. They are fewer than
     * memories and longer, and their terms are not stored.
     */
    private static final int CACHED_VECTORS = 1 << 12;

    private static final int MAX_CACHED_TERMS = 2_048;

    private final JdbcClient jdbc;
    private final TextIndex index;
    private final TextSearch search;

    MessageIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.index = new TextIndex(jdbc, name());
        this.search = new TextSearch(index, this::documents, CACHED_VECTORS, MAX_CACHED_TERMS);
    }

    TextSearch search() {
        return search;
    }

    /** Adds a message, whose text was analysed before. Must be called inside a write. */
    void add(Message message, Terms words, Collection<Long> addressees) {
        index.add(
                message.id(),
                message.toRoom() ? words : words.withFilterTerms(addresseeTerms(message.personaId(), addressees)));
    }

    /** Returns what the index shall hold of a message to be, without the filter terms of its addressees. */
    static IndexedText text(String text, String author, long personaId, Instant at) {
        List<String> marks = new ArrayList<>(FilterTerms.time(at));
        marks.add(FilterTerms.author(personaId));
        return new IndexedText(text, List.of(author), marks, List.of());
    }

    /**
     * Removes the next part of a message, and returns true once all is removed. Must be called inside a write; after
     * that the search must drop the message from its cache.
     */
    boolean remove(Row message, CutTexts cut) {
        return index.remove(message.id(), cut.parts(message.text()));
    }

    /** Indexes a message whole again if a part of it is removed, and returns true once that is done. */
    boolean restore(Row message, CutTexts cut) {
        return index.restore(message.id(), message.text(), cut);
    }

    /** Returns whether the index has that message; false for one that waits to be indexed. */
    boolean isIndexed(long number) {
        return index.isIndexed(number);
    }

    private static List<String> addresseeTerms(long author, Collection<Long> addressees) {
        List<String> marks = new ArrayList<>(List.of(FilterTerms.PRIVATE, FilterTerms.privateTo(author)));
        addressees.forEach(each -> marks.add(FilterTerms.privateTo(each)));
        return marks;
    }

    @Override
    public String name() {
        return "message";
    }

    @Override
    public long highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM message")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        return Objects.requireNonNull(jdbc.sql(INDEXED + "WHERE m.id > ? AND m.id <= ? ORDER BY m.id LIMIT ?")
                .params(List.of(after, last, most))
                .query(Searchable.untilLong((row, n) -> row(row))));
    }

    @Override
    public Optional<Row> row(long id) {
        return jdbc.sql(INDEXED + "WHERE m.id = ?")
                .param(id)
                .query((row, n) -> row(row))
                .optional();
    }

    @Override
    public void index(long id, Terms terms) {
        index.add(id, terms);
    }

    /** Analyses their texts again, which takes a while. */
    private List<TermVector> documents(Collection<Long> numbers) {
        return rows(numbers).stream()
                .map(each -> TermVector.of(each.id(), each.text().terms()))
                .toList();
    }

    /** Returns those of these messages that are stored. */
    List<Row> rows(Collection<Long> numbers) {
        return jdbc.sql(INDEXED + "WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id")
                .param(numbers.toString()) // a JSON array
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        long author = row.getLong("persona_id");
        String addressees = row.getString("addressees");
        IndexedText text =
                text(row.getString("text"), row.getString("name"), author, Columns.instant(row, "created_at"));
        return new Row(
                row.getLong("id"),
                addressees == null
                        ? text
                        : new IndexedText(
                                text.content(),
                                text.around(),
                                text.marks(),
                                addresseeTerms(author, numbers(addressees))));
    }

    private static List<Long> numbers(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(Long::valueOf).toList();
    }
}
