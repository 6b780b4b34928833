import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures, as a table for people and as JSON. */
final class Report {

    private static final double ADDED_MEDIAN_MS = 1.5;
    private static final double ADDED_P99_MS = 5;
    private static final double TIMES_CCR = 10;
    /** No growth: a line through the second half of the blocks rises by less than this over 50,000 requests. */
    private static final double HEAP_MIB = 1;

    private static final double RESIDENT_MIB = 8;

    private static final double[] PERCENTILES = {50, 90, 99};

    private final List<Leg> legs;
    private final StringBuilder table = new StringBuilder();
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final Targets targets = new Targets();

    Report(List<Leg> legs, Map<String, String> facts) {
        this.legs = legs;
        facts.forEach((name, value) -> line("%-10s %s", name, value));
        json.put("facts", facts);
    }

    Targets targets() {
        return targets;
    }

    void latency(Latency latency, int pause) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (Latency.Kind kind : Latency.Kind.values()) {
            line("");
            line(
                    "%s, 1 client (ms)%s",
                    kind.title, kind.stream ? "; the upstream rests " + pause + " ms after its first piece" : "");
            line("  %-18s %8s %8s %8s   %7s %7s %7s", "", "p50", "p90", "p99", "+p50", "+p90", "+p99");
            Map<String, Object> byLeg = new LinkedHashMap<>();
            Leg direct = find(Leg.DIRECT);
            for (Leg leg : legs) {
                Map<String, Object> values = new LinkedHashMap<>();
                StringBuilder own = new StringBuilder();
                StringBuilder added = new StringBuilder();
                for (double percent : PERCENTILES) {
                    double value = latency.of(kind, leg).percentile(percent);
                    values.put("p" + (int) percent, value);
                    own.append(format(" %8.2f", value));
                    if (direct != null && leg != direct) {
                        double more = value - latency.of(kind, direct).percentile(percent);
                        values.put("added_p" + (int) percent, more);
                        added.append(format(" %7.2f", more));
                        target(kind, leg, percent, more);
                    }
                }
                line("  %-18s%s   %s", leg.name(), own, added);
                byLeg.put(leg.name(), values);
            }
            kinds.put(kind.name().toLowerCase(Locale.ROOT), byLeg);
        }
        json.put("latency_ms", kinds);
    }

    private void target(Latency.Kind kind, Leg leg, double percent, double added) {
        if (leg.name().startsWith(Leg.KATRA) && kind != Latency.Kind.STREAM_END && percent != 90) {
            targets.atMost(
                    leg.name() + ": added to a " + kind.title + ", " + (percent == 50 ? "median" : "p99"),
                    added,
                    percent == 50 ? ADDED_MEDIAN_MS : ADDED_P99_MS,
                    "ms");
        }
    }

    void throughput(int clients, Map<String, Throughput.Result> plain, Map<String, Throughput.Result> streamed) {
        line("");
        line(
                "throughput, %d clients (answers a second; processor ms of the leg's own process for one answer)",
                clients);
        line("  %-18s %10s %10s   %10s %10s", "", "plain", "cpu", "streamed", "cpu");
        for (Leg leg : legs) {
            Throughput.Result p = plain.get(leg.name());
            Throughput.Result s = streamed.get(leg.name());
            line(
                    "  %-18s %10.0f %10.2f   %10.0f %10.2f",
                    leg.name(), p.perSecond(), p.cpuMillis(), s.perSecond(), s.cpuMillis());
        }
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("clients", clients);
        both.put("plain", results(plain));
        both.put("streamed", results(streamed));
        json.put("throughput", both);
        if (find(Leg.KATRA) != null && find(Leg.CCR) != null) {
            times("plain", plain);
            times("streamed", streamed);
        }
    }

    private static Map<String, Object> results(Map<String, Throughput.Result> results) {
        Map<String, Object> out = new LinkedHashMap<>();
        results.forEach((leg, result) ->
                out.put(leg, Map.of("per_second", result.perSecond(), "cpu_ms_per_answer", result.cpuMillis())));
        return out;
    }

    private void times(String kind, Map<String, Throughput.Result> results) {
        targets.atLeast(
                "katra: throughput against ccr, " + kind,
                results.get(Leg.KATRA).perSecond() / results.get(Leg.CCR).perSecond(),
                TIMES_CCR,
                "times");
    }

    void memory(List<Memory.Point> points) {
        line("");
        line("memory of katra's server (MiB): heap after a full collection, resident");
        List<Object> list = new ArrayList<>();
        for (Memory.Point point : points) {
            line("  after %6d requests %10.2f %10.1f", point.requests(), point.heapMiB(), point.residentMiB());
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("requests", point.requests());
            values.put("heap_mib", point.heapMiB());
            values.put("resident_mib", point.residentMiB());
            list.add(values);
        }
        json.put("memory", list);
        targets.atMost(
                "katra: growth of the heap over 50,000 requests",
                Memory.growth(points, 50_000, true),
                HEAP_MIB,
                "MiB");
        targets.atMost(
                "katra: growth of resident memory over 50,000 requests",
                Memory.growth(points, 50_000, false),
                RESIDENT_MIB,
                "MiB");
    }

    void calls(long made, int faults, long reached, long connections) {
        line("");
        line(
                "%d calls, %d faulty answers; the upstream saw %d calls on %d connections",
                made, faults, reached, connections);
        json.put(
                "calls",
                Map.of(
                        "made",
                        made,
                        "faulty",
                        faults,
                        "reached_upstream",
                        reached,
                        "upstream_connections",
                        connections));
    }

    String table() {
        return table + (targets.all().isEmpty() ? "" : "\n") + targets.lines();
    }

    Map<String, Object> json() {
        json.put("targets", targets.json());
        return json;
    }

    private Leg find(String name) {
        return legs.stream().filter(leg -> leg.name().equals(name)).findFirst().orElse(null);
    }

    private void line(String format, Object... values) {
        table.append(format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
