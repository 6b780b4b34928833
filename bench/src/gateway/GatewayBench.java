import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the legs that {@code bench/gateway} has set up, prints a table, and judges it by the targets. */
final class GatewayBench {

    private static final int MISSED = 1;
    private static final int FAULTY = 2;

    private final List<Leg> legs = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        int code = FAULTY;
        try {
            code = new GatewayBench(arguments).run();
        } catch (IOException e) {
            System.err.println("bench: " + e);
        }
        System.exit(code);
    }

    private GatewayBench(String[] arguments) throws IOException {
        Payload payload = new Payload();
        facts.put(
                "request",
                payload.body(true).length() + " bytes, " + Payload.SYSTEM_BYTES + " of them system prompt, 15 tools");
        for (int i = 0; i < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--leg" -> legs.add(Leg.parse(arguments[i + 1], payload));
                case "--fact" -> {
                    String[] fact = arguments[i + 1].split("=", 2);
                    facts.put(fact[0], fact[1]);
                }
                default -> options.put(arguments[i], arguments[i + 1]);
            }
        }
    }

    private int run() throws IOException {
        Mock mock = new Mock(URI.create(options.get("--mock")));
        int calls = number("--calls");
        int clients = number("--clients");
        int rounds = number("--rounds");
        int requests = number("--requests");
        Mock.Seen before = mock.seen();
        Report report = new Report(legs, facts);

        if (calls > 0) {
            say("latency: " + calls + " plain calls per leg, by turns");
            Latency latency = new Latency(legs);
            latency.measure(calls, false);
            say("latency: " + calls + " streamed calls per leg, by turns");
            mock.pause(number("--pause"));
            latency.measure(calls, true);
            mock.pause(0);
            report.latency(latency, number("--pause"));
        }
        if (rounds > 0) {
            double seconds = Double.parseDouble(options.get("--seconds"));
            Throughput throughput = new Throughput(legs, clients);
            say("throughput: " + clients + " clients, " + rounds + " rounds of " + seconds
                    + " s per leg, plain, then streamed");
            report.throughput(
                    clients, throughput.measure(false, rounds, seconds), throughput.measure(true, rounds, seconds));
        }
        for (Leg leg : legs) {
            if (requests > 0 && leg.name().equals(Leg.KATRA)) {
                say("memory: " + requests + " requests, " + clients + " clients");
                Memory memory = new Memory(leg, options.get("--jcmd"));
                report.memory(memory.measure(
                        requests,
                        10,
                        clients,
                        point -> say(String.format(
                                "  %6d requests: heap %.1f MiB, resident %.1f MiB",
                                point.requests(), point.heapMiB(), point.residentMiB()))));
            }
        }
        Mock.Seen after = mock.seen();
        long reached = after.requests() - before.requests();
        report.calls(Calls.made(), Calls.faults(), reached, after.connections() - before.connections());

        if (Calls.faults() > 0 || reached != Calls.made()) {
            System.err.println("bench: no figures, for " + Calls.faults() + " answers were faulty; of " + Calls.made()
                    + " calls " + reached + " reached the upstream");
            return FAULTY;
        }
        System.out.print(report.table());
        if (!options.get("--json").isEmpty()) {
            Files.writeString(Path.of(options.get("--json")), Json.of(report.json()));
        }
        return report.targets().met() || options.get("--report-only").equals("yes") ? 0 : MISSED;
    }

    private int number(String option) {
        return Integer.parseInt(options.get(option));
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }
}
