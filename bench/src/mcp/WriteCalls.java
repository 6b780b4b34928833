import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is on the disk before it is answered, beside what the same disk asks for one page in the same run. */
final class WriteCalls {

    private static final int CLIENTS = 8;
    private static final double MEDIAN_MS = 1.5;
    private static final double MEDIAN_FSYNCS = 2.5;
    private static final double PER_FSYNC = 3;
    private static final double PER_SECOND = 3000;

    private WriteCalls() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        Katra katra = setting.first();
        String token = setting.token("Bench");
        Written said = new Written("katra_say", "said #(\\d+) to Peer");
        Written remembered = new Written("katra_remember", "memory (\\d+)");
        int calls = setting.number("--calls");
        int rounds = setting.number("--rounds");
        try (Fsync fsync = new Fsync(katra.home());
                Mcp mcp = new Mcp(katra.url(), token)) {
            Map<String, Sample> samples = new Turns()
                    .add("4 kB and fsync", fsync)
                    .add("katra_say", () -> said.say(mcp))
                    .add("katra_remember", () -> remembered.remember(mcp))
                    .measure(calls);
            double disk = samples.get("4 kB and fsync").percentile(50);
            figures.section("writing calls, 1 client (ms)", "p50", "p90", "p99", "/ fsync");
            samples.forEach((name, sample) -> {
                figures.latency(name, sample, disk);
                if (name.startsWith("katra_")) {
                    double limit = Math.max(MEDIAN_MS, MEDIAN_FSYNCS * disk);
                    figures.targets().atMost(name + ": median", sample.percentile(50), limit, "ms");
                }
            });

            figures.section("writing calls, " + CLIENTS + " clients", "a second", "fsync ms", "an fsync");
            many(setting, figures, fsync, "katra_say", rounds, said::say);
            many(setting, figures, fsync, "katra_remember", rounds, remembered::remember);
            said.requireAll();
            remembered.requireAll();
        }
    }

    /** A call by any client. */
    private interface Call {
        long by(Mcp client) throws IOException;
    }

    private static void many(Setting setting, Figures figures, Fsync fsync, String name, int rounds, Call call)
            throws IOException {
        List<Mcp> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Mcp(setting.first().url(), setting.token("Bench")));
        }
        double[] rates = new double[rounds];
        Sample disk = new Sample((rounds + 2) * 100);
        probe(fsync, disk);
        for (int round = -1; round < rounds; round++) {
            double rate = Load.perSecond(
                    clients.stream().<Action>map(client -> () -> call.by(client)).toList(), setting.decimal("--seconds"));
            probe(fsync, disk);
            if (round >= 0) {
                rates[round] = rate;
            }
        }
        clients.forEach(Mcp::close);
        double rate = Sample.median(rates);
        double millis = disk.percentile(50);
        figures.row(name, rate, millis, rate * millis / 1000);
        if (rate >= PER_SECOND) {
            figures.targets().atLeast(name + ": " + CLIENTS + " clients", rate, PER_SECOND, "a second");
        } else {
            figures.targets().atLeast(name + ": " + CLIENTS + " clients", rate * millis / 1000, PER_FSYNC, "an fsync");
        }
    }

    private static void probe(Fsync fsync, Sample sample) throws IOException {
        for (int i = 0; i < 100; i++) {
            sample.add(fsync.nanos());
        }
    }
}
