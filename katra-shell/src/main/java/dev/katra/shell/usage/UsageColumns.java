package dev.katra.shell.usage;

import dev.katra.core.usage.Usage;
import dev.katra.shell.console.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns with the numbers of a table of usage. Those of numbers are left out by their rank where there is no room;
 * those of input and output tokens stay.
 */
final class UsageColumns {

    private static final List<Column> NUMBERS = List.of(
            Column.of("REQUESTS").alignedRight().optional(5),
            Column.of("ERRORS").alignedRight().optional(3),
            Column.of("INPUT").alignedRight(),
            Column.of("CACHED").alignedRight().optional(2),
            Column.of("OUTPUT").alignedRight(),
            Column.of("MEAN WAIT").alignedRight().optional(1),
            Column.of("COST").alignedRight().optional(6),
            Column.of("LIST PRICE").alignedRight().optional(6));

    private UsageColumns() {}

    /** Returns these columns, and then those with the numbers. */
    static Column[] after(List<Column> names) {
        List<Column> all = new ArrayList<>(names);
        all.addAll(NUMBERS);
        return all.toArray(Column[]::new);
    }

    /** Returns the cells with the numbers of a line. */
    static List<String> cells(Usage usage, boolean priced) {
        UsageView view = UsageView.of(usage);
        return List.of(
                Amounts.of(usage.requests().all()),
                Amounts.of(usage.requests().errors()),
                Amounts.of(usage.tokens().allInput()),
                Amounts.of(usage.tokens().cacheRead()),
                Amounts.of(usage.tokens().output()),
                usage.meanFirstToken().map(Amounts::seconds).orElse("-"),
                priced ? view.costInWords() : "",
                view.listPriceInWords());
    }

    /** Returns the cells of a line of which nothing is known. */
    static List<String> unknown(boolean priced) {
        return List.of("-", "-", "not reported", "-", "-", "-", priced ? "-" : "", "");
    }
}
