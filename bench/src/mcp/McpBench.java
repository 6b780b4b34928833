import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures the server that {@code bench/mcp} has set up, part by part, prints tables, and judges them by the targets. */
final class McpBench {

    private static final int MISSED = 1;
    private static final int FAULTY = 2;

    /** One part of the measuring. */
    private interface Part {
        void measure(Setting setting, Figures figures) throws IOException;
    }

    private McpBench() {}

    public static void main(String[] arguments) {
        int code = FAULTY;
        try {
            code = run(arguments);
        } catch (IOException | RuntimeException e) {
            System.err.println("bench: no figures: " + e);
            if (!(e instanceof Fault)) {
                e.printStackTrace();
            }
        }
        System.exit(code);
    }

    private static int run(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--fact")) {
                String[] fact = arguments[i + 1].split("=", 2);
                facts.put(fact[0], fact[1]);
            } else {
                options.put(arguments[i], arguments[i + 1]);
            }
        }
        Setting setting = new Setting(options);
        Figures figures = new Figures(facts);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("ping", Pings::measure);
        parts.put("reads", ReadCalls::measure);
        parts.put("writes", WriteCalls::measure);
        parts.put("costs", Costs::measure);
        parts.put("peers", Peers::measure);
        parts.put("mail", Mail::measure);
        parts.put("server", ServerFigures::measure);
        parts.put("waiting", Waiting::measure);
        parts.put("growth", Growth::measure);
        parts.put("recall", Recalls::measure);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (setting.has(part.getKey())) {
                say(part.getKey());
                part.getValue().measure(setting, figures);
            }
        }
        System.out.print(figures.table());
        if (!setting.text("--json").isEmpty()) {
            Files.writeString(Path.of(setting.text("--json")), Json.of(figures.json()));
        }
        return figures.targets().met() || setting.text("--report-only").equals("yes") ? 0 : MISSED;
    }

    static void say(String line) {
        System.err.println("bench: " + line);
    }
}
