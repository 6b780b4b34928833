import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as tables for people and as JSON: sections of named rows. */
final class Figures {

    private final StringBuilder tables = new StringBuilder();
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final Targets targets = new Targets();
    private List<String> columns = List.of();
    private Map<String, Object> rows = new LinkedHashMap<>();

    Figures(Map<String, String> facts) {
        facts.forEach((name, value) -> line("%-10s %s", name, value));
        json.put("facts", facts);
    }

    Targets targets() {
        return targets;
    }

    /** Begins a table. */
    void section(String title, String... columnNames) {
        columns = List.of(columnNames);
        rows = new LinkedHashMap<>();
        json.put(title, rows);
        line("");
        line("%s", title);
        StringBuilder header = new StringBuilder(String.format("  %-34s", ""));
        columns.forEach(column -> header.append(String.format("%12s", column)));
        line("%s", header.toString());
    }

    /** A row of it; NaN is a figure that there is not. */
    void row(String name, double... values) {
        StringBuilder row = new StringBuilder(String.format("  %-34s", name));
        Map<String, Object> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.append(String.format("%12s", shown(values[i])));
            if (!Double.isNaN(values[i])) {
                byColumn.put(columns.get(i), values[i]);
            }
        }
        rows.put(name, byColumn);
        line("%s", row.toString());
    }

    /** A row of the percentiles 50, 90 and 99, and the median divided by that of another. */
    void latency(String name, Sample sample, double against) {
        List<Double> values = new ArrayList<>(
                List.of(sample.percentile(50), sample.percentile(90), sample.percentile(99)));
        values.add(sample.percentile(50) / against);
        row(name, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static String shown(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String format = Math.abs(value) >= 1000 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : Math.abs(value) >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    String table() {
        return tables + (targets.all().isEmpty() ? "" : "\n") + targets.lines();
    }

    Map<String, Object> json() {
        json.put("targets", targets.json());
        return json;
    }

    void line(String format, Object... values) {
        tables.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
