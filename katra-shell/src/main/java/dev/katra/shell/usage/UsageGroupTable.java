package dev.katra.shell.usage;

import dev.katra.core.text.VisibleText;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageGroup;
import dev.katra.core.usage.UsageGrouping;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes usage by what requests have in common as a table for people, days with a bar each. */
final class UsageGroupTable {

    /** The length of the longest bar, in characters. */
    private static final int BAR_LENGTH = 24;

    private static final String BLOCKS = "▏▎▍▌▋▊▉█";

    /** The number of days without any usage between two with some for which lines are still shown. */
    private static final int MAX_EMPTY_DAYS = 31;

    private UsageGroupTable() {}

    static Table of(UsageGrouping grouping, List<UsageGroup> groups) {
        Usage total = total(groups);
        boolean priced = total.dollars().isPresent();
        boolean days = grouping == UsageGrouping.DAY;
        List<Column> names = new ArrayList<>(List.of(
                Column.of(grouping.externalName().toUpperCase(Locale.ROOT)).cutTo(12),
                Column.of("SESSIONS").alignedRight().optional(4)));
        if (days) {
            names.add(Column.of("").cutTo(8).optional(6));
        }
        Table table = new Table(UsageColumns.after(names));
        List<UsageGroup> shown = days ? everyDay(groups) : groups;
        double largest = shown.stream()
                .mapToDouble(group -> amount(group.usage(), priced))
                .max()
                .orElse(0);
        for (UsageGroup group : shown) {
            List<String> cells = new ArrayList<>(List.of(VisibleText.name(group.name()), Amounts.of(group.sessions())));
            if (days) {
                cells.add(bar(amount(group.usage(), priced), largest));
            }
            cells.addAll(UsageColumns.cells(group.usage(), priced));
            table.row(cells.toArray(String[]::new));
        }
        if (shown.size() > 1) {
            List<String> cells = new ArrayList<>(List.of("total", ""));
            if (days) {
                cells.add("");
            }
            cells.addAll(UsageColumns.cells(total, priced));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    /** Returns the sum of all groups. */
    static Usage total(List<UsageGroup> groups) {
        return groups.stream().map(UsageGroup::usage).reduce(Usage.NONE, Usage::plus);
    }

    private static double amount(Usage usage, boolean priced) {
        return priced ? usage.cost().nanoDollars() : usage.tokens().all();
    }

    /** Returns the days with those between them of which nothing is known, unless they are many. */
    private static List<UsageGroup> everyDay(List<UsageGroup> days) {
        Map<String, UsageGroup> all = new LinkedHashMap<>();
        LocalDate before = null;
        for (UsageGroup day : days) {
            LocalDate date = LocalDate.parse(day.name());
            if (before != null && before.plusDays(MAX_EMPTY_DAYS).isAfter(date)) {
                for (LocalDate empty = before.plusDays(1); empty.isBefore(date); empty = empty.plusDays(1)) {
                    all.put(empty.toString(), new UsageGroup(empty.toString(), 0, Usage.NONE));
                }
            }
            all.put(day.name(), day);
            before = date;
        }
        return List.copyOf(all.values());
    }

    private static String bar(double amount, double largest) {
        long eighths = largest <= 0 ? 0 : Math.round(amount / largest * BAR_LENGTH * BLOCKS.length());
        if (eighths == 0) {
            return amount > 0 ? BLOCKS.substring(0, 1) : "";
        }
        String full = BLOCKS.substring(BLOCKS.length() - 1).repeat((int) (eighths / BLOCKS.length()));
        int rest = (int) (eighths % BLOCKS.length());
        return rest == 0 ? full : full + BLOCKS.charAt(rest - 1);
    }
}
