package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/** Gives access to texts that have an index, so that it can be filled anew. */
public interface Searchable {

    /** The length of the texts that are analysed at once: of four of the longest, whose terms take some megabytes. */
    int LONG = 4 * 64 * 1024;

    /** Returns the name of the index: memory or message. */
    String name();

    /** Returns the highest id. */
    long highestId();

    /**
     * Returns the next rows that belong into the index, by their ids, which are higher than {@code after} and not above
     * {@code last}; fewer if their texts are long. Must be called inside a read or a write.
     */
    List<Row> rows(long after, long last, int most);

    /** Returns a row if it belongs into the index. Must be called inside a read or a write. */
    Optional<Row> row(long id);

    /** Adds a row to the index. Must be called inside a write. */
    void index(long id, Terms terms);

    /** Holds a row of the index. */
    record Row(long id, IndexedText text) {}

    /** Reads rows until their texts have that length, but at least one row. */
    static ResultSetExtractor<List<Row>> untilLong(RowMapper<Row> mapper) {
        return result -> {
            List<Row> rows = new ArrayList<>();
            int length = 0;
            while (length < LONG && result.next()) {
                Row row = mapper.mapRow(result, rows.size());
                rows.add(row);
                length += row.text().content().length();
            }
            return rows;
        };
    }
}
