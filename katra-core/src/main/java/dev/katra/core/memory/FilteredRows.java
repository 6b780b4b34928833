package dev.katra.core.memory;

import dev.katra.core.search.Filter;
import dev.katra.core.search.Marks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
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

    boolean accepts(Candidate.Row row) {
        Instant since = filter.since();
        return (row.scope() == MemoryScope.TEAM || row.personaId() == viewer)
                && (author == null || author == row.personaId())
                && (filter.kind() == null || filter.kind() == row.kind())
                && (filter.scope() == null || filter.scope() == row.scope())
                && (since == null || !row.at().isBefore(since))
                && filter.tags().stream()
                        .allMatch(
                                tag -> Arrays.stream(row.tags().split(" ", -1)).anyMatch(tag::equalsIgnoreCase));
    }
}
