import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The same calls over a short and over a long history, by turns: no cost may grow with what was said and received. */
final class Growth {

    private static final double RATIO = 1.5;

    private Growth() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        List<Integer> sizes = setting.numbers("--messages");
        List<Katra> all = new ArrayList<>();
        try {
            // All before the first connection: one that idles for a minute is closed.
            Map<Katra, List<String>> filled = new LinkedHashMap<>();
            for (int size : sizes) {
                Katra katra = setting.home("messages-" + size);
                filled.put(katra, setting.fill(katra, "--sessions", "4", "--messages", String.valueOf(size)));
            }
            for (Katra katra : filled.keySet()) {
                all.add(katra.start());
            }
            Turns turns = new Turns();
            Turns commands = new Turns();
            List<Mcp> clients = new ArrayList<>();
            List<Posts> posts = new ArrayList<>();
            for (int i = 0; i < sizes.size(); i++) {
                int size = sizes.get(i);
                Katra katra = all.get(i);
                List<String> tokens = Objects.requireNonNull(filled.get(katra));
                Mcp first = new Mcp(katra.url(), tokens.get(0));
                Mcp second = new Mcp(katra.url(), tokens.get(1));
                Posts start = new Posts(katra.url(), "/hooks/SessionStart", tokens.get(1), "");
                clients.add(first);
                clients.add(second);
                posts.add(start);
                turns.add("katra_hear, nothing new:" + size, () -> ReadCalls.nothingNew(first));
                turns.add("katra_hear, 3 messages:" + size, () -> hear(second));
                turns.add("katra_who_is_here:" + size, () -> ReadCalls.here(first));
                turns.add("katra_whoami, counts the unread:" + size, () -> whoami(second));
                turns.add("katra_history:" + size, () -> history(first, "{}"));
                turns.add("katra_history, with S3:" + size, () -> history(first, "{\"with\":\"S3\"}"));
                turns.add("session start:" + size, () -> start(start));
                turns.add("katra_say:" + size, () -> first.tool("katra_say", "{\"message\":\"hm\",\"to\":[\"S4\"]}"));
                commands.add("katra list, the whole process:" + size, () -> list(katra));
            }
            int calls = setting.number("--calls");
            report(figures, sizes, turns.measure(calls / 2), commands.measure(Math.max(3, calls / 100)));
            clients.forEach(Mcp::close);
            posts.forEach(Posts::close);
        } finally {
            for (Katra katra : all) {
                katra.stop();
            }
        }
    }

    private static void report(
            Figures figures, List<Integer> sizes, Map<String, Sample> samples, Map<String, Sample> commands) {
        Map<String, Sample> both = new LinkedHashMap<>(samples);
        both.putAll(commands);
        List<String> columns = new ArrayList<>(sizes.stream().map(String::valueOf).toList());
        columns.add("ratio");
        figures.section("medians (ms) at so many messages", columns.toArray(String[]::new));
        int smallest = sizes.get(0);
        for (String name : both.keySet()) {
            if (!name.endsWith(":" + smallest)) {
                continue;
            }
            String call = name.substring(0, name.lastIndexOf(':'));
            double[] row = new double[sizes.size() + 1];
            for (int i = 0; i < sizes.size(); i++) {
                row[i] = both.get(call + ":" + sizes.get(i)).percentile(50);
            }
            row[sizes.size()] = row[sizes.size() - 1] / row[0];
            figures.row(call, row);
            figures.targets().atMost(call + ": growth", row[sizes.size()], RATIO, "times");
        }
    }

    private static long hear(Mcp katra) throws IOException {
        long nanos = katra.tool("katra_hear", "{}");
        for (int i = 0; i < 3; i++) {
            if (!katra.text().contains("unread " + i)) {
                throw new Fault("a message is missing", katra.answer());
            }
        }
        return nanos;
    }

    private static long whoami(Mcp katra) throws IOException {
        long nanos = katra.tool("katra_whoami", "{}");
        if (!katra.text().contains("; 3 unread")) {
            throw new Fault("not 3 unread", katra.answer());
        }
        return nanos;
    }

    private static long history(Mcp katra, String arguments) throws IOException {
        long nanos = katra.tool("katra_history", arguments);
        if (!katra.text().contains("#")) {
            throw new Fault("no history", katra.answer());
        }
        return nanos;
    }

    private static long start(Posts hook) throws IOException {
        long nanos = hook.post(
                "", "{\"hook_event_name\":\"SessionStart\",\"session_id\":\"bench\",\"source\":\"compact\"}", 200);
        if (!hook.client().text().contains("3 messages wait")) {
            throw new Fault("not 3 messages", hook.client().text());
        }
        return nanos;
    }

    private static long list(Katra katra) throws IOException {
        long start = System.nanoTime();
        List<String> lines = katra.run("list");
        long nanos = System.nanoTime() - start;
        if (lines.stream().noneMatch(line -> line.startsWith("S4"))) {
            throw new Fault("S4 is not listed", String.join("\n", lines));
        }
        return nanos;
    }
}
