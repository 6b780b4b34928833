import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Finding a memory among few and among many. */
final class Recalls {

    /** Limits of median and p99 in ms, by the number of memories. */
    private static final Map<Integer, double[]> LIMITS = Map.of(
            10_000, new double[] {2, 10}, 100_000, new double[] {8, 40}, 1_000_000, new double[] {25, 150});

    private static final double TIMES_ALONE = 2;
    /** Among few memories the ranking is too quick to compare with. */
    private static final int LARGE = 100_000;

    private Recalls() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        figures.section(
                "katra_recall (ms); " + setting.number("--queries") + " questions of 3 to 6 words after "
                        + setting.number("--warm-queries") + " others; corpus: "
                        + Corpus.described(),
                "p50", "p90", "p99", "worst", "inside", "FTS5 alone");
        for (int size : setting.numbers("--memories")) {
            Katra katra = setting.home("memories-" + size);
            String token = setting.fill(katra, "--sessions", "4", "--memories", String.valueOf(size)).get(0);
            katra.start();
            try (Mcp mcp = new Mcp(katra.url(), token)) {
                Corpus corpus = new Corpus();
                AtomicLong number = new AtomicLong();
                int queries = setting.number("--queries");
                int warm = setting.number("--warm-queries");
                while (number.get() < warm) {
                    recall(mcp, corpus.question(number.incrementAndGet(), size));
                }
                Sample sample = new Turns()
                        .add("recall", () -> recall(mcp, corpus.question(number.incrementAndGet(), size)))
                        .measure(queries)
                        .get("recall");
                katra.stop();
                Sample inside = new Sample(queries);
                Sample alone = new Sample(queries);
                for (String line : Command.run(new ProcessBuilder(setting.java(
                        true, "SearchAlone", katra.home().toString(), String.valueOf(warm), String.valueOf(queries), String.valueOf(size))))) {
                    String[] words = line.split(" ");
                    if (words[0].equals("alone")) {
                        inside.add(Long.parseLong(words[1]));
                        alone.add(Long.parseLong(words[2]));
                    }
                }
                double ranking = alone.percentile(50);
                figures.row(
                        size + " memories",
                        sample.percentile(50),
                        sample.percentile(90),
                        sample.percentile(99),
                        sample.percentile(100),
                        inside.percentile(50),
                        ranking);
                if (size >= LARGE) {
                    figures.targets()
                            .atMost(
                                    "katra_recall of " + size + " inside: median",
                                    inside.percentile(50) / ranking,
                                    TIMES_ALONE,
                                    "times FTS5 alone");
                }
                double[] limits = LIMITS.get(size);
                if (limits != null) {
                    figures.targets().atMost("katra_recall of " + size + ": median", sample.percentile(50), limits[0], "ms");
                    figures.targets().atMost("katra_recall of " + size + ": p99", sample.percentile(99), limits[1], "ms");
                }
            } finally {
                katra.stop();
            }
        }
    }

    private static long recall(Mcp katra, String question) throws IOException {
        long nanos = katra.tool("katra_recall", "{\"query\":\"" + question + "\"}");
        if (!katra.text().startsWith("#")) {
            throw new Fault("nothing found for " + question, katra.answer());
        }
        return nanos;
    }
}
