import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one more memory costs the more there are, beside two memory servers that npm has. Katra's is on the disk then. */
final class Peers {

    private static final int STEPS = 4;

    private Peers() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        int entries = setting.number("--entries") / STEPS * STEPS;
        Path bin = Path.of(setting.text("--npm")).resolve("node_modules/.bin");
        Katra katra = setting.home("peers");
        String token = setting.fill(katra, "--sessions", "1").get(0);
        katra.start();
        try (Mcp mcp = new Mcp(katra.url(), token);
                Stdio memory = new Stdio(
                        setting,
                        bin.resolve("mcp-server-memory").toString(),
                        Map.of("MEMORY_FILE_PATH", setting.folder().resolve("memory.jsonl").toString()));
                Stdio libsql = new Stdio(
                        setting,
                        bin.resolve("mcp-memory-libsql").toString(),
                        Map.of("LIBSQL_URL", "file:" + setting.folder().resolve("memory.db")))) {
            Written written = new Written("katra_remember", "memory (\\d+)");
            Map<String, Action> all = new LinkedHashMap<>();
            all.put("katra_remember", () -> written.remember(mcp));
            all.put("server-memory", new Entities(memory));
            all.put("mcp-memory-libsql", new Entities(libsql));
            figures.section(
                    "writing one more memory (ms, median), at so many entries",
                    step(entries, 1), step(entries, 2), step(entries, 3), step(entries, 4), "p99 of last");
            Map<String, double[]> rows = new LinkedHashMap<>();
            all.keySet().forEach(name -> rows.put(name, new double[STEPS + 1]));
            for (int step = 0; step < STEPS; step++) {
                Map<String, Sample> samples = new LinkedHashMap<>();
                all.keySet().forEach(name -> samples.put(name, new Sample(entries / STEPS)));
                for (int call = 0; call < entries / STEPS; call++) {
                    for (Map.Entry<String, Action> each : all.entrySet()) {
                        samples.get(each.getKey()).add(each.getValue().nanos());
                    }
                }
                for (String name : all.keySet()) {
                    rows.get(name)[step] = samples.get(name).percentile(50);
                    rows.get(name)[STEPS] = samples.get(name).percentile(99);
                }
            }
            rows.forEach(figures::row);
            written.requireAll();
        } finally {
            katra.stop();
        }
    }

    private static String step(int entries, int step) {
        return "up to " + entries / STEPS * step;
    }

    private static final class Entities implements Action {

        private final Stdio peer;
        private final Corpus corpus = new Corpus();
        private long next;

        Entities(Stdio peer) {
            this.peer = peer;
        }

        @Override
        public long nanos() throws IOException {
            next++;
            return peer.tool(
                    "create_entities",
                    "{\"entities\":[{\"name\":\"note " + next + "\",\"entityType\":\"note\",\"observations\":[\""
                            + corpus.note(next) + " " + next + "\"]}]}");
        }
    }
}
