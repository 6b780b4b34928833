package dev.katra.core.room;

import dev.katra.core.search.Document;
import dev.katra.core.search.Marks;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.search.TextSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The index of the messages. */
@Component
class MessageIndex implements Searchable {

    private static final String INDEXED = """
            SELECT m.id, m.text, p.name, m.persona_id, m.created_at, CASE WHEN m.to_room THEN NULL ELSE (
                SELECT group_concat(d.persona_id) FROM delivery d WHERE d.message_id = m.id) END
            FROM message m JOIN persona p ON p.id = m.persona_id
            """;

    /** Fewer than memories, and longer ones, whose terms are not stored: with the most terms, these take 34 MB. */
    private static final int KEPT = 1 << 12;

    private static final int KEPT_TERMS = 2_048;

    private final JdbcClient jdbc;
    private final TextIndex index;
    private final TextSearch search;

    MessageIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.index = new TextIndex(jdbc, name());
        this.search = new TextSearch(index, this::documents, KEPT, KEPT_TERMS);
    }

    TextSearch search() {
        return search;
    }

    /** Inside a write: adds a message. Its words were cut before. */
    void add(Message message, Terms words, Collection<Long> addressees) {
        index.add(message.id(), message.toRoom() ? words : words.marked(direct(message.personaId(), addressees)));
    }

    /** The words of a message to be, with all marks but those of its addressees. */
    static Terms words(String text, String author, long personaId, Instant at) {
        List<String> marks = new ArrayList<>(Marks.time(at));
        marks.add(Marks.author(personaId));
        return Terms.of(text, List.of(author), marks);
    }

    /** Inside a write: removes messages that are still stored. After its commit the search is to forget them. */
    void remove(Collection<Long> numbers) {
        terms(numbers).forEach(index::remove);
    }

    private static List<String> direct(long author, Collection<Long> addressees) {
        List<String> marks = new ArrayList<>(List.of(Marks.PRIVATE, Marks.privately(author)));
        addressees.forEach(each -> marks.add(Marks.privately(each)));
        return marks;
    }

    @Override
    public String name() {
        return "message";
    }

    @Override
    public long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM message")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        return jdbc.sql(INDEXED + "WHERE m.id > ? AND m.id <= ? ORDER BY m.id LIMIT ?")
                .params(List.of(after, last, most))
                .query((row, n) -> row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6)))
                .list();
    }

    @Override
    public void index(long id, Terms terms) {
        index.add(id, terms);
    }

    private List<Document> documents(Collection<Long> numbers) {
        return terms(numbers).entrySet().stream()
                .map(each -> Document.of(each.getKey(), each.getValue()))
                .toList();
    }

    private Map<Long, Terms> terms(Collection<Long> numbers) {
        Map<Long, Terms> terms = new LinkedHashMap<>();
        jdbc.sql(INDEXED + "WHERE m.id IN (SELECT value FROM json_each(?))")
                .param(numbers.toString()) // a JSON array
                .query((row, n) -> row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6)))
                .list()
                .forEach(row -> terms.put(row.id(), row.terms()));
        return terms;
    }

    private static Row row(
            long id, String text, String author, long personaId, Instant at, @Nullable String addressees) {
        Terms words = words(text, author, personaId, at);
        return new Row(
                id,
                addressees == null
                        ? words
                        : words.marked(direct(
                                personaId,
                                Arrays.stream(addressees.split(",", -1))
                                        .map(Long::valueOf)
                                        .toList())));
    }
}
