import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What many idle sessions cost, and one word to the room that wakes them all. */
final class Waiting {

    private static final int SETTLING_MILLIS = 3000;

    private Waiting() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        int waiters = setting.number("--waiters");
        Katra katra = setting.home("waiting");
        List<String> tokens = setting.fill(katra, "--sessions", String.valueOf(waiters + 1), "--wake", "ALL");
        katra.start();
        try (Mcp speaker = new Mcp(katra.url(), tokens.get(waiters))) {
            speaker.ping();
            Start.pause(SETTLING_MILLIS);
            Katra.Usage usage = katra.usage();
            double before = usage.residentMiB();
            double threadsBefore = usage.threads();
            try (Held held = new Held(katra.url(), tokens.subList(0, waiters))) {
                quiet(held, SETTLING_MILLIS);
                Duration cpu = usage.cpu();
                int seconds = setting.number("--wait-seconds");
                quiet(held, seconds * 1000L);
                double percent = usage.cpu().minus(cpu).toMillis() / (seconds * 10.0);
                figures.section(waiters + " sessions that wait to be woken", "figure");
                figures.row("threads before", threadsBefore);
                figures.row("threads while they wait", usage.threads());
                figures.row("open connections to the store", usage.open("katra.db"));
                figures.row("processor, % of a core (" + seconds + " s)", percent);
                figures.row("resident memory more (MiB)", usage.residentMiB() - before);
                all(speaker, held, waiters, figures);
            }
        } finally {
            katra.stop();
        }
    }

    private static void quiet(Held held, long millis) throws IOException {
        if (held.awaitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)) > 0) {
            throw new Fault("woken without mail", "");
        }
    }

    private static void all(Mcp speaker, Held held, int waiters, Figures figures) throws IOException {
        long start = System.nanoTime();
        Thread room = new Thread(() -> {
            try {
                held.awaitUntil(start + TimeUnit.SECONDS.toNanos(60));
            } catch (IOException e) {
                McpBench.say(e.toString());
            }
        });
        room.start();
        double said = speaker.tool("katra_say", "{\"message\":\"wake up\"}") / 1e6;
        try {
            room.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (held.awaitUntil(System.nanoTime()) != waiters) {
            throw new Fault("not all were woken", "");
        }
        Sample since = held.since(start);
        figures.row("the word to all of them (ms)", said);
        figures.row("until half are woken (ms)", since.percentile(50));
        figures.row("until all are woken (ms)", since.percentile(100));
    }
}
