package dev.katra.shell.usage;

import dev.katra.core.text.VisibleText;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Table;
import dev.katra.shell.console.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes what sessions have used as a table for people: a line per session and model, and one of all. */
final class UsageTable {

    /**
     * The columns in their order. Those of numbers are left out by their rank where there is no room; those of input
     * and output tokens stay.
     */
    private static final Column[] COLUMNS = {
        Column.of("PERSONA").cutTo(10),
        Column.of("STARTED"),
        Column.of("PROVIDER").cutTo(8).optional(4),
        Column.of("MODEL").cutTo(12),
        Column.of("REQUESTS").alignedRight().optional(5),
        Column.of("ERRORS").alignedRight().optional(3),
        Column.of("INPUT").alignedRight(),
        Column.of("CACHED").alignedRight().optional(2),
        Column.of("OUTPUT").alignedRight(),
        Column.of("MEAN WAIT").alignedRight().optional(1),
        Column.of("COST").alignedRight().optional(6)
    };

    private static final int NUMBERS = 4;
    private static final int INPUT = 2;

    private final boolean priced;
    private final Table table = new Table(COLUMNS);
    private final Instant now;
    private final ZoneId zone;

    private UsageTable(boolean priced, Instant now, ZoneId zone) {
        this.priced = priced;
        this.now = now;
        this.zone = zone;
    }

    static Table of(List<SessionUsage> sessions, Instant now, ZoneId zone) {
        Optional<Usage> total = UsageReport.total(sessions);
        UsageTable table = new UsageTable(total.flatMap(Usage::dollars).isPresent(), now, zone);
        int lines = sessions.stream().mapToInt(table::add).sum();
        total.filter(sum -> lines > 1).ifPresent(sum -> table.line(List.of("total", "", "", ""), table.numbers(sum)));
        return table.table;
    }

    /** Adds a session, and returns how many lines of numbers it has. */
    private int add(SessionUsage session) {
        if (!session.isCounted()) {
            List<String> unknown = new ArrayList<>(Collections.nCopies(COLUMNS.length - NUMBERS - 1, "-"));
            unknown.set(INPUT, "not counted");
            unknown.add(priced ? "-" : "");
            line(about(session, Objects.requireNonNullElse(session.source().model(), "-")), unknown);
            return 0;
        }
        if (session.models().isEmpty()) {
            line(about(session, Objects.requireNonNullElse(session.source().model(), "-")), numbers(Usage.NONE));
            return 1;
        }
        for (ModelUsage model : session.models()) {
            line(about(session, name(model)), numbers(model.usage()));
        }
        return session.models().size();
    }

    private static String name(ModelUsage model) {
        return model.purpose() == Purpose.JUDGEMENT ? model.model() + " (judging)" : model.model();
    }

    private List<String> about(SessionUsage session, String model) {
        return List.of(
                session.persona(),
                TimeFormat.of(session.startedAt(), now, zone),
                session.source().provider(),
                VisibleText.name(model));
    }

    private List<String> numbers(Usage usage) {
        List<String> cells = new ArrayList<>(List.of(
                Amounts.of(usage.requests().all()),
                Amounts.of(usage.requests().errors()),
                Amounts.of(usage.tokens().allInput()),
                Amounts.of(usage.tokens().cacheRead()),
                Amounts.of(usage.tokens().output()),
                usage.meanFirstToken().map(Amounts::seconds).orElse("-")));
        cells.add(priced ? UsageView.of(usage).costInWords() : "");
        return cells;
    }

    private void line(List<String> about, List<String> numbers) {
        List<String> cells = new ArrayList<>(about);
        cells.addAll(numbers);
        table.row(cells.toArray(String[]::new));
    }
}
