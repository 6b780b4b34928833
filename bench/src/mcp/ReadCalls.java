import java.io.IOException;
import java.util.Map;

/** The calls that a session makes most often when nothing has happened, beside a servlet that answers as little. */
final class ReadCalls {

    private static final double LIMIT_MS = 1;

    private ReadCalls() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        try (Bare bare = new Bare(setting)) {
            bare.await();
            try (Mcp katra = new Mcp(setting.first().url(), setting.token("Bench"));
                    Mcp sdk = new Mcp(bare.url(), "none");
                    Posts servlet = new Posts(bare.url(), "/bare", "none", "")) {
                Map<String, Sample> samples = new Turns()
                        .add("servlet by itself", () -> servlet.post("", "{}", 200))
                        .add("MCP SDK by itself", () -> sdk.tool("nothing", "{}"))
                        .add("katra_hear, nothing new", () -> nothingNew(katra))
                        .add("katra_who_is_here", () -> here(katra))
                        .measure(setting.number("--calls"));
                figures.section("reading calls, 1 client (ms)", "p50", "p90", "p99", "/ servlet");
                double against = samples.get("servlet by itself").percentile(50);
                samples.forEach((name, sample) -> {
                    figures.latency(name, sample, against);
                    if (name.startsWith("katra_")) {
                        figures.targets().atMost(name + ": median", sample.percentile(50), LIMIT_MS, "ms");
                    }
                });
            }
        }
    }

    static long nothingNew(Mcp katra) throws IOException {
        long nanos = katra.tool("katra_hear", "{}");
        if (!katra.text().equals("nothing new")) {
            throw new Fault("something new", katra.answer());
        }
        return nanos;
    }

    static long here(Mcp katra) throws IOException {
        long nanos = katra.tool("katra_who_is_here", "{}");
        if (!katra.text().contains(" (you): demo")) {
            throw new Fault("I am not here", katra.answer());
        }
        return nanos;
    }
}
