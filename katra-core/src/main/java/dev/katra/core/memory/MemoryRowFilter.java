package dev.katra.core.memory;

import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexFilter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects the memories that a filter and the viewer's rights allow. The filter of the index that it makes is approximate:
 * whoever reads the rows must apply the same exactly.
 *
 * @param viewer the id of the persona that must be allowed to see them
 * @param author the id of the persona that the filter names; null if it names none
 */
public record MemoryRowFilter(long viewer, @Nullable Long author, MemoryFilter filter, Instant now) {

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

    /** Returns whether a memory must have tags. */
    public boolean hasTags() {
        return !filter.tags().isEmpty();
    }

    /** Returns whether a memory with these tags has all that are wanted. */
    public boolean acceptsTags(List<String> tags) {
        return filter.tags().stream().allMatch(tag -> tags.stream().anyMatch(tag::equalsIgnoreCase));
    }
}
