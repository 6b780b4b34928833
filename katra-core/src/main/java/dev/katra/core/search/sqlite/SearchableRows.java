package dev.katra.core.search.sqlite;

import dev.katra.core.search.StoredTexts;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;

/** Reads rows of texts that are to be indexed. */
public final class SearchableRows {

    /** The length of the texts that are analysed at once: of four of the longest, whose terms take some megabytes. */
    private static final int LONG = 4 * 64 * 1024;

    private SearchableRows() {}

    /** Reads rows until their texts are long together, but at least one row. */
    public static ResultSetExtractor<List<StoredTexts.Row>> untilLong(RowMapper<StoredTexts.Row> mapper) {
        return result -> {
            List<StoredTexts.Row> rows = new ArrayList<>();
            int length = 0;
            while (length < LONG && result.next()) {
                StoredTexts.Row row = mapper.mapRow(result, rows.size());
                rows.add(row);
                length += row.text().content().length();
            }
            return rows;
        };
    }
}
