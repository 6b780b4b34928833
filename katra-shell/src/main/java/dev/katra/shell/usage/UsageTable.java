package dev.katra.shell.usage;

import dev.katra.core.text.VisibleText;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Table;
import dev.katra.shell.console.TimeFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes what sessions have used as a table for people: a line per session and model, and one of all. */
final class UsageTable {

    private static final Column[] COLUMNS = UsageColumns.after(List.of(
            Column.of("PERSONA").cutTo(10),
            Column.of("STARTED"),
            Column.of("PROVIDER").cutTo(8).optional(4),
            Column.of("MODEL").cutTo(12),
            Column.of("SOURCE").optional(1)));

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
        total.filter(sum -> lines > 1)
                .ifPresent(sum -> table.line(List.of("total", "", "", "", ""), table.numbers(sum)));
        return table.table;
    }

    /** Adds a session, and returns how many lines of numbers it has. */
    private int add(SessionUsage session) {
        String model = Objects.requireNonNullElse(session.launch().model(), "-");
        if (!session.isKnown()) {
            line(about(session, session.launch().provider(), model, "-"), UsageColumns.unknown(priced));
            return 0;
        }
        if (session.models().isEmpty()) {
            line(
                    about(
                            session,
                            session.launch().provider(),
                            model,
                            session.source().externalName()),
                    numbers(Usage.NONE));
            return 1;
        }
        for (ModelUsage each : session.models()) {
            line(
                    about(
                            session,
                            each.task().provider(),
                            name(each.task()),
                            each.source().externalName()),
                    numbers(each.usage()));
        }
        return session.models().size();
    }

    private static String name(ModelTask task) {
        return switch (task.purpose()) {
            case CONVERSATION -> task.model();
            case WAKE -> task.model() + " (woken)";
            case SUB_AGENT -> task.model() + " (sub-agents)";
            case JUDGEMENT -> task.model() + " (judging)";
        };
    }

    private List<String> about(SessionUsage session, String provider, String model, String source) {
        return List.of(
                session.persona(),
                TimeFormat.of(session.startedAt(), now, zone),
                provider,
                VisibleText.name(model),
                source);
    }

    private List<String> numbers(Usage usage) {
        return UsageColumns.cells(usage, priced);
    }

    private void line(List<String> about, List<String> numbers) {
        List<String> cells = new ArrayList<>(about);
        cells.addAll(numbers);
        table.row(cells.toArray(String[]::new));
    }
}
