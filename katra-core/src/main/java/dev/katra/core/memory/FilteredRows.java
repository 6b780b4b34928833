package dev.katra.core.memory;

import dev.katra.core.search.Filter;
import dev.katra.core.search.Marks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which memories a viewer wants and may see: roughly by the marks of the index, and exactly by the row. */
record FilteredRows(long viewer, @Nullable Long author, MemoryFilter filter, Instant now) {

    Filter marks() {
        List<List<String>> all = new ArrayList<>();
        if (author != null) {
            all.add(List.of(Marks.author(author)));
        }
        MemoryKind kind = filter.kind();
        if (kind != null) {
            all.add(List.of(Marks.kind(kind.word())));
        }
        filter.tags().forEach(tag -> all.add(List.of(Marks.tag(tag))));
        Instant since = filter.since();
        if (since != null) {
            all.add(since(Marks.day(since), Marks.day(now)));
        }
        if (filter.scope() == MemoryScope.PRIVATE) {
            all.add(List.of(Marks.privately(viewer)));
        }
        boolean team = filter.scope() == MemoryScope.TEAM;
        return new Filter(all, Marks.PRIVATE, team ? null : Marks.privately(viewer));
    }

    /**
     * The days to the end of the first month, then months. Up to tomorrow, for a clock that goes ahead. What is older than
     * the epoch has the marks of its first day.
     */
    private static List<String> since(LocalDate since, LocalDate today) {
        LocalDate first = since.isBefore(LocalDate.EPOCH) ? LocalDate.EPOCH : since;
        List<String> marks = new ArrayList<>();
        LocalDate last = today.plusDays(1);
        LocalDate day = first;
        while (!day.isAfter(last) && (day.equals(first) || day.getDayOfMonth() != 1)) {
            marks.add(Marks.day(day));
            day = day.plusDays(1);
        }
        for (YearMonth month = YearMonth.from(day);
                !day.isAfter(last) && !month.isAfter(YearMonth.from(last));
                month = month.plusMonths(1)) {
            marks.add(Marks.month(month.atDay(1)));
        }
        return marks.isEmpty() ? List.of(Marks.day(first)) : marks;
    }

    /** What a memory must fulfil, but for its tags, as the end of a condition; the values belong to its places. */
    String where(List<Object> values) {
        StringBuilder where = new StringBuilder(" AND (m.scope = 'TEAM' OR m.persona_id = ?)");
        values.add(viewer);
        if (author != null) {
            where.append(" AND m.persona_id = ?");
            values.add(author);
        }
        MemoryKind kind = filter.kind();
        if (kind != null) {
            where.append(" AND m.kind = ?");
            values.add(kind.name());
        }
        MemoryScope scope = filter.scope();
        if (scope != null) {
            where.append(" AND m.scope = ?");
            values.add(scope.name());
        }
        Instant since = filter.since();
        if (since != null) {
            where.append(" AND m.created_at >= ?");
            values.add(millis(since));
        }
        return where.toString();
    }

    /** As memories have their times; what is beyond them stays so. */
    private static long millis(Instant since) {
        return since.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                ? Long.MIN_VALUE
                : since.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : since.toEpochMilli();
    }

    /** Whether the memory has all tags, which are in this column. */
    boolean acceptsTags(ResultSet row, int column) throws SQLException {
        if (filter.tags().isEmpty()) {
            return true;
        }
        List<String> tags = Tags.of(row.getString(column));
        return filter.tags().stream().allMatch(tag -> tags.stream().anyMatch(tag::equalsIgnoreCase));
    }
}
