import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The round trip of an MCP call that does nothing, against the MCP SDK's servlet by itself. */
final class Pings {

    private static final double TIMES = 1.5;
    private static final int CLIENTS = 16;

    private Pings() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        Katra katra = setting.first();
        String token = setting.token("Bench");
        try (Bare bare = new Bare(setting)) {
            bare.await();
            try (Mcp ours = new Mcp(katra.url(), token);
                    Mcp theirs = new Mcp(bare.url(), "none")) {
                Map<String, Sample> samples =
                        new Turns().add("bare", theirs::ping).add("katra", ours::ping).measure(setting.number("--calls"));
                double against = samples.get("bare").percentile(50);
                figures.section("ping, 1 client (ms)", "p50", "p90", "p99", "/ bare");
                samples.forEach((name, sample) -> figures.latency(name, sample, against));
                figures.targets()
                        .atMost("ping: median, 1 client", samples.get("katra").percentile(50) / against, TIMES, "times bare");
            }
            many(setting, figures, katra, bare, token);
        }
    }

    private static void many(Setting setting, Figures figures, Katra katra, Bare bare, String token) throws IOException {
        List<Mcp> ours = new ArrayList<>();
        List<Mcp> theirs = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ours.add(new Mcp(katra.url(), token));
            theirs.add(new Mcp(bare.url(), "none"));
        }
        int rounds = setting.number("--rounds");
        double[] katraRates = new double[rounds];
        double[] bareRates = new double[rounds];
        double seconds = setting.decimal("--seconds");
        for (int round = -1; round < rounds; round++) {
            double our = Load.perSecond(ours.stream().<Action>map(client -> client::ping).toList(), seconds);
            double their = Load.perSecond(theirs.stream().<Action>map(client -> client::ping).toList(), seconds);
            if (round >= 0) {
                katraRates[round] = our;
                bareRates[round] = their;
            }
        }
        ours.forEach(Mcp::close);
        theirs.forEach(Mcp::close);
        figures.section("ping, " + CLIENTS + " clients", "a second", "/ bare");
        double bareRate = Sample.median(bareRates);
        double katraRate = Sample.median(katraRates);
        figures.row("bare", bareRate, 1);
        figures.row("katra", katraRate, bareRate / katraRate);
        figures.targets().atMost("ping: time of a call, 16 clients", bareRate / katraRate, TIMES, "times bare");
    }
}
