package dev.katra.shell.usage;

import dev.katra.core.text.Age;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import dev.katra.shell.console.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What sessions have used, for people: a line per session and model, and one of all. */
final class UsageTable {

    private static final List<String> HEADINGS = List.of(
            "PERSONA", "PROVIDER", "MODEL", "SINCE", "REQUESTS", "ERRORS", "INPUT", "CACHED", "OUTPUT", "MEAN WAIT");
    private static final String COST = "COST";
    private static final int NUMBERS = 4;

    private final boolean priced;
    private final Table table;
    private final Instant now;

    private UsageTable(boolean priced, Instant now) {
        List<String> headings = new ArrayList<>(HEADINGS);
        if (priced) {
            headings.add(COST);
        }
        this.priced = priced;
        this.table = new Table(headings.toArray(String[]::new)).rightFrom(NUMBERS);
        this.now = now;
    }

    static String of(List<SessionUsage> sessions, Instant now) {
        Optional<Usage> total = UsageReport.total(sessions);
        UsageTable table = new UsageTable(total.flatMap(Usage::dollars).isPresent(), now);
        int lines = sessions.stream().mapToInt(table::add).sum();
        total.filter(sum -> lines > 1).ifPresent(sum -> table.line(List.of("total", "", "", ""), table.numbers(sum)));
        return table.table.toString();
    }

    /** Adds the session; returns how many lines of numbers it has. */
    private int add(SessionUsage session) {
        if (!session.counted()) {
            List<String> unknown = new ArrayList<>(List.of("not counted"));
            unknown.addAll(Collections.nCopies(HEADINGS.size() - NUMBERS - 1 + (priced ? 1 : 0), "-"));
            line(about(session, Objects.requireNonNullElse(session.model(), "-")), unknown);
            return 0;
        }
        if (session.models().isEmpty()) {
            line(about(session, Objects.requireNonNullElse(session.model(), "-")), numbers(Usage.NONE));
            return 1;
        }
        for (ModelUsage model : session.models()) {
            line(about(session, model.model()), numbers(model.usage()));
        }
        return session.models().size();
    }

    private List<String> about(SessionUsage session, String model) {
        return List.of(session.persona(), session.provider(), model, Age.of(session.startedAt(), now));
    }

    private List<String> numbers(Usage usage) {
        List<String> cells = new ArrayList<>(List.of(
                Amounts.of(usage.requests()),
                Amounts.of(usage.errors()),
                Amounts.of(usage.tokens().allInput()),
                Amounts.of(usage.tokens().cacheRead()),
                Amounts.of(usage.tokens().output()),
                usage.meanFirstToken().map(Amounts::seconds).orElse("-")));
        if (priced) {
            cells.add(Used.of(usage).cost());
        }
        return cells;
    }

    private void line(List<String> about, List<String> numbers) {
        List<String> cells = new ArrayList<>(about);
        cells.addAll(numbers);
        table.row(cells.toArray(String[]::new));
    }
}
