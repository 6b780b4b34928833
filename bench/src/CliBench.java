import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times whole processes for {@code bench/cli}, the commands by turns, and judges the figures by the targets. */
final class CliBench {

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}";

    private final Map<String, List<String>> legs = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private boolean missed;

    public static void main(String[] arguments) throws Exception {
        System.exit(new CliBench(arguments).run());
    }

    private CliBench(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--leg")) {
                int end = i + 2;
                while (end < arguments.length && !arguments[end].equals("--leg")) {
                    end++;
                }
                legs.put(arguments[i + 1], Arrays.asList(arguments).subList(i + 2, end));
                i = end - 2;
            } else {
                options.put(arguments[i], arguments[i + 1]);
            }
        }
    }

    private int run() throws Exception {
        if (options.containsKey("--report")) {
            return report();
        }
        Path out = Path.of(options.get("--out"));
        int runs = Integer.parseInt(options.get("--runs"));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        if (options.containsKey("--starts")) {
            List<Double> starts = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                starts.add(start());
            }
            times.put("server start to initialize", starts);
        }
        for (int i = -1; i < runs; i++) { // the first is not counted
            for (Map.Entry<String, List<String>> leg : legs.entrySet()) {
                double time = time(leg.getValue());
                List<Double> all = times.computeIfAbsent(leg.getKey(), name -> new ArrayList<>());
                if (i >= 0) {
                    all.add(time);
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        times.forEach((name, all) -> {
            lines.append(name);
            all.forEach(time -> lines.append('\t').append(time));
            lines.append('\n');
        });
        Files.writeString(out, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return 0;
    }

    private static double time(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        int code = builder.start().waitFor();
        double time = (System.nanoTime() - begin) / 1e6;
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
        return time;
    }

    /** From the start of {@code katra server start} to the first initialize that a session gets answered. */
    private double start() throws Exception {
        String katra = options.get("--starts");
        time(List.of(katra, "server", "stop"));
        String token = Files.readString(Path.of(options.get("--token")), StandardCharsets.UTF_8);
        Path file = Path.of(options.get("--home"), "server.json");
        Matcher port = Pattern.compile("\"port\"\\s*:\\s*(\\d+)").matcher(Files.readString(file));
        if (!port.find()) {
            throw new IOException("no port in " + file);
        }
        URI mcp = URI.create("http://127.0.0.1:" + port.group(1) + "/mcp");
        long begin = System.nanoTime();
        Process starting = new ProcessBuilder(katra, "server", "start")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!initialized(mcp, token)) {
            if (System.nanoTime() - begin > 120e9) {
                throw new IOException("no answer from " + mcp);
            }
            Thread.sleep(5);
        }
        double time = (System.nanoTime() - begin) / 1e6;
        starting.waitFor();
        return time;
    }

    private static boolean initialized(URI mcp, String token) {
        try {
            HttpURLConnection call = (HttpURLConnection) mcp.toURL().openConnection();
            call.setRequestMethod("POST");
            call.setRequestProperty("Authorization", "Bearer " + token);
            call.setRequestProperty("Content-Type", "application/json");
            call.setRequestProperty("Accept", "application/json, text/event-stream");
            call.setDoOutput(true);
            call.getOutputStream().write(INITIALIZE.getBytes(StandardCharsets.UTF_8));
            return call.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int report() throws IOException {
        Map<String, double[]> figures = new LinkedHashMap<>();
        StringBuilder json = new StringBuilder("{");
        System.out.printf("%n%-34s %8s %8s %8s %5s%n", "whole process (ms)", "median", "p90", "least", "runs");
        for (String line : Files.readAllLines(Path.of(options.get("--out")))) {
            String[] parts = line.split("\t");
            double[] times = Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).sorted().toArray();
            figures.put(parts[0], times);
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %8.1f %8.1f %8.1f %5d%n",
                    parts[0],
                    median(times),
                    times[(int) (0.9 * (times.length - 1))],
                    times[0],
                    times.length);
            json.append(json.length() > 1 ? "," : "").append("\n  \"").append(parts[0]).append("\": ").append(median(times));
        }
        System.out.println();
        for (String name : List.of("list", "who", "say")) {
            ratio(figures, "katra " + name, "curl " + name, 2.5);
            most(figures, "katra " + name, 40);
        }
        ratio(figures, "katra list", "tmux list-sessions", 0);
        ratio(figures, "katra list, many", "katra list, 3", 1.5);
        for (String name : figures.keySet()) {
            if (name.startsWith("version")) {
                most(figures, name, name.contains("(17") ? 850 : 600);
                ratio(figures, name, "java -version" + name.substring("version".length()), 0);
            }
        }
        most(figures, "server start to initialize", 2000);
        if (options.containsKey("--json")) {
            Files.writeString(Path.of(options.get("--json")), json + "\n}\n");
        }
        return missed && !options.containsKey("--report-only") ? 1 : 0;
    }

    private void ratio(Map<String, double[]> figures, String one, String other, double target) {
        double ratio = median(figures.get(one)) / median(figures.get(other));
        say(String.format(Locale.ROOT, "%s / %s: %.2f", one, other, ratio), ratio, target);
    }

    private void most(Map<String, double[]> figures, String one, double target) {
        double time = median(figures.get(one));
        say(String.format(Locale.ROOT, "%s: %.0f ms", one, time), time, target);
    }

    private void say(String what, double figure, double target) {
        boolean met = target == 0 || figure <= target;
        missed |= !met;
        System.out.printf(
                Locale.ROOT,
                "%-60s %s%n",
                what,
                target == 0 ? "" : String.format(Locale.ROOT, "(at most %s) %s", target, met ? "met" : "MISSED"));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
