import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Start, size and rest of the server, beside the MCP SDK's servlet by itself with the same flags. */
final class ServerFigures {

    private static final int CALLS = 1000;
    private static final int IDLE_SESSIONS = 10;
    private static final double START_SECONDS = 2;
    private static final double RESIDENT_MIB = 220;
    private static final double IDLE_PERCENT = 0.1;

    private ServerFigures() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        Katra katra = setting.home("idle");
        List<String> tokens = setting.fill(katra, "--sessions", String.valueOf(IDLE_SESSIONS));
        int starts = setting.number("--starts");
        double[] ours = new double[starts];
        double[] theirs = new double[starts];
        double bareResident = 0;
        double bareIdle = 0;
        for (int i = 0; i < starts; i++) {
            ours[i] = start(setting, katra, tokens.get(0));
            try (Bare bare = new Bare(setting)) {
                theirs[i] = bare.await();
                if (i == starts - 1) {
                    bareResident = residentAfterPings(bare, setting);
                    bareIdle = atRest(new Katra.Usage(bare.pid(), setting.jcmd()), setting);
                }
            }
        }
        katra.start();
        try {
            double resident = residentAfterCalls(katra, tokens.get(0));
            double idle = idle(setting, katra, tokens);
            figures.section("the server", "katra", "bare");
            figures.row("start to initialize (s, median)", Sample.median(ours), Sample.median(theirs));
            figures.row("resident after " + CALLS + " calls (MiB)", resident, bareResident);
            figures.row(IDLE_SESSIONS + " idle sessions, % of a core", idle, bareIdle);
            figures.targets().atMost("start to the first initialize", Sample.median(ours), START_SECONDS, "s");
            figures.targets().atMost("resident after " + CALLS + " calls", resident, RESIDENT_MIB, "MiB");
            figures.targets().atMost(IDLE_SESSIONS + " idle sessions", idle, IDLE_PERCENT, "% of a core");
        } finally {
            katra.stop();
        }
    }

    /** Starts the server's own command, without the program that starts it in life. */
    private static double start(Setting setting, Katra katra, String token) throws IOException {
        String temporary = "-Djava.io.tmpdir=";
        Path folder = java.nio.file.Files.createDirectories(katra.home().resolve("run"));
        List<String> command = new ArrayList<>();
        for (String word : setting.serverCommand()) {
            command.add(word.startsWith(temporary) ? temporary + folder : word);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(katra.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(setting.folder().resolve("start.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !List.of("PATH", "HOME", "TMPDIR").contains(name));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("KATRA_HOME", katra.home().toString());
        environment.put("KATRA_PORT", String.valueOf(katra.url().getPort()));
        long started = System.nanoTime();
        Process process = builder.start();
        try {
            return Start.await(katra.url(), token, process, started);
        } finally {
            Start.end(process);
        }
    }

    private static double residentAfterPings(Bare bare, Setting setting) throws IOException {
        try (Mcp mcp = new Mcp(bare.url(), "none")) {
            for (int i = 0; i < CALLS; i++) {
                mcp.ping();
            }
        }
        return new Katra.Usage(bare.pid(), setting.jcmd()).residentMiB();
    }

    private static double residentAfterCalls(Katra katra, String token) throws IOException {
        Corpus corpus = new Corpus();
        try (Mcp mcp = new Mcp(katra.url(), token)) {
            for (int i = 0; i < CALLS / 5; i++) {
                mcp.ping();
                ReadCalls.nothingNew(mcp);
                ReadCalls.here(mcp);
                mcp.tool("katra_say", "{\"message\":\"" + corpus.note(i) + "\",\"to\":[\"S2\"]}");
                mcp.tool("katra_remember", "{\"content\":\"" + corpus.note(i) + "\"}");
            }
        }
        return katra.usage().residentMiB();
    }

    /** Without a client. */
    private static double atRest(Katra.Usage usage, Setting setting) throws IOException {
        int seconds = setting.number("--idle-seconds");
        try {
            Thread.sleep(seconds * 1000L / 3);
            Duration before = usage.cpu();
            Thread.sleep(seconds * 1000L);
            return usage.cpu().minus(before).toMillis() / (seconds * 10.0);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static double idle(Setting setting, Katra katra, List<String> tokens) throws IOException {
        int seconds = setting.number("--idle-seconds");
        // S2 has mail; those with none wait.
        List<String> waiting = tokens.stream().filter(token -> !token.equals(tokens.get(1))).toList();
        try (Held held = new Held(katra.url(), waiting)) {
            held.awaitUntil(System.nanoTime() + seconds * 1_000_000_000L / 3); // what the calls before have left to be compiled
            Duration before = katra.usage().cpu();
            int woken = held.awaitUntil(System.nanoTime() + seconds * 1_000_000_000L);
            if (woken > 0) {
                throw new Fault("woken without mail", String.valueOf(woken));
            }
            return katra.usage().cpu().minus(before).toMillis() / (seconds * 10.0);
        }
    }
}
