package dev.katra.core.memory;

import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates a memory filter and the viewer's rights into an index filter, which is approximate, and into an SQL
 * condition, which is exact.
 */
record MemoryRowFilter(long viewer, @Nullable Long author, MemoryFilter filter, Instant now) {

    IndexFilter indexFilter() {
        List<List<String>> all = new ArrayList<>();
        if (author != null) {
            all.add(List.of(FilterTerms.author(author)));
        }
        MemoryKind kind = filter.kind();
        if (kind != null) {
            all.add(List.of(FilterTerms.kind(kind.externalName())));
        }
        filter.tags().forEach(tag -> all.add(List.of(FilterTerms.tag(tag))));
        Instant since = filter.since();
        if (since != null) {
            all.add(since(FilterTerms.day(since), FilterTerms.day(now)));
        }
        if (filter.scope() == MemoryScope.PRIVATE) {
            all.add(List.of(FilterTerms.privateTo(viewer)));
        }
        boolean team = filter.scope() == MemoryScope.TEAM;
        return new IndexFilter(all, FilterTerms.PRIVATE, team ? null : FilterTerms.privateTo(viewer));
    }

    /**
     * Returns the filter terms of the days to the end of the first month, and of the months after it, up to tomorrow,
     * for a clock that is ahead. A time before the epoch has the filter terms of the epoch's first day.
     */
    private static List<String> since(LocalDate since, LocalDate today) {
        LocalDate first = since.isBefore(LocalDate.EPOCH) ? LocalDate.EPOCH : since;
        List<String> marks = new ArrayList<>();
        LocalDate last = today.plusDays(1);
        LocalDate day = first;
        while (!day.isAfter(last) && (day.equals(first) || day.getDayOfMonth() != 1)) {
            marks.add(FilterTerms.day(day));
            day = day.plusDays(1);
        }
        for (YearMonth month = YearMonth.from(day);
                !day.isAfter(last) && !month.isAfter(YearMonth.from(last));
                month = month.plusMonths(1)) {
            marks.add(FilterTerms.month(month.atDay(1)));
        }
        return marks.isEmpty() ? List.of(FilterTerms.day(first)) : marks;
    }

    /**
     * Returns the end of an SQL condition that a memory must fulfil, but for its tags; appends the values of its
     * parameters to the list.
     */
    String sqlCondition(List<Object> values) {
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

    /**
     * Returns the instant in epoch milliseconds, as memories store their times; an instant out of range becomes the
     * nearest limit.
     */
    private static long millis(Instant since) {
        return since.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                ? Long.MIN_VALUE
                : since.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : since.toEpochMilli();
    }

    /** Returns whether the memory has all wanted tags; the column "tags" holds the tags of the memory. */
    boolean acceptsTags(ResultSet row) throws SQLException {
        if (filter.tags().isEmpty()) {
            return true;
        }
        List<String> tags = Tags.of(row.getString("tags"));
        return filter.tags().stream().allMatch(tag -> tags.stream().anyMatch(tag::equalsIgnoreCase));
    }
}
