import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Processor time that the server's process uses for a call, by the operating system's account. Unlike the time that a
 * call takes it means something on a busy machine, too.
 */
final class Costs {

    private Costs() {}

    static void measure(Setting setting, Figures figures) throws IOException {
        Katra katra = setting.first();
        int calls = setting.number("--calls");
        figures.section("processor ms of the server for a call (" + calls + " calls each)", "ms");
        try (Bare bare = new Bare(setting)) {
            bare.await();
            try (Mcp sdk = new Mcp(bare.url(), "none");
                    Mcp mcp = new Mcp(katra.url(), setting.token("Bench"))) {
                Katra.Usage theirs = new Katra.Usage(bare.pid(), setting.jcmd());
                Written said = new Written("katra_say", "said #(\\d+) to Peer");
                Written remembered = new Written("katra_remember", "memory (\\d+)");
                figures.row("bare: ping", each(theirs, calls, sdk::ping));
                Map<String, Action> ours = new LinkedHashMap<>();
                ours.put("ping", mcp::ping);
                ours.put("katra_hear, nothing new", () -> ReadCalls.nothingNew(mcp));
                ours.put("katra_who_is_here", () -> ReadCalls.here(mcp));
                ours.put("katra_say", () -> said.say(mcp));
                ours.put("katra_remember", () -> remembered.remember(mcp));
                for (Map.Entry<String, Action> call : ours.entrySet()) {
                    figures.row(call.getKey(), each(katra.usage(), calls, call.getValue()));
                }
            }
        }
    }

    private static double each(Katra.Usage usage, int calls, Action action) throws IOException {
        for (int i = 0; i < calls / 2; i++) {
            action.nanos();
        }
        long before = usage.cpu().toMillis();
        for (int i = 0; i < calls; i++) {
            action.nanos();
        }
        return (usage.cpu().toMillis() - before) / (double) calls;
    }
}
