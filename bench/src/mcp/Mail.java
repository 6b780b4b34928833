import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a session's hooks cost its person, and how soon an idle session is woken. */
final class Mail {

    private static final double HOOK_MS = 50;
    private static final double WAKE_MS = 2000;
    private static final int MESSAGES = 3;

    private final Posts prompts;
    private final Posts uses;
    private final Mcp peer;
    private long prompt;
    private long said;

    private Mail(Posts prompts, Posts uses, Mcp peer) {
        this.prompts = prompts;
        this.uses = uses;
        this.peer = peer;
    }

    static void measure(Setting setting, Figures figures) throws IOException {
        Katra katra = setting.first();
        String token = setting.token("Bench");
        try (Posts prompts = new Posts(katra.url(), "/hooks/UserPromptSubmit", token, "");
                Posts uses = new Posts(katra.url(), "/hooks/PostToolUse", token, "");
                Mcp peer = new Mcp(katra.url(), setting.token("Peer"))) {
            Mail mail = new Mail(prompts, uses, peer);
            int calls = setting.number("--calls") / 2;
            Map<String, Sample> samples = new Turns()
                    .add("UserPromptSubmit, no mail", () -> mail.prompt(0))
                    .add("PostToolUse", mail::use)
                    .add("UserPromptSubmit, " + MESSAGES + " messages", mail::promptWithMail)
                    .measure(calls);
            figures.section("hooks (ms)", "p50", "p90", "p99");
            samples.forEach((name, sample) -> {
                figures.row(name, sample.percentile(50), sample.percentile(90), sample.percentile(99));
                figures.targets().atMost(name + ": median", sample.percentile(50), HOOK_MS, "ms");
            });
            mail.wakes(katra, token, setting.number("--wakes"), figures);
        }
    }

    /** A person's prompt, to which so many messages must be added. */
    private long prompt(int messages) throws IOException {
        prompt++;
        long nanos = prompts.post("", event("UserPromptSubmit", "\"prompt\":\"What is the state of the build?\""), 200);
        String answer = prompts.client().text();
        for (long i = said - messages + 1; i <= said; i++) {
            if (!answer.contains("message " + i + " of the benchmark")) {
                throw new Fault("a message is missing in the prompt", answer);
            }
        }
        if (messages == 0 && answer.contains("of the benchmark")) {
            throw new Fault("a message too many", answer);
        }
        return nanos;
    }

    private long promptWithMail() throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            say();
        }
        long nanos = prompt(MESSAGES);
        use(); // proves that they were received
        return nanos;
    }

    private long use() throws IOException {
        return uses.post(
                "",
                event(
                        "PostToolUse",
                        "\"tool_name\":\"Bash\",\"tool_use_id\":\"toolu_" + prompt
                                + "\",\"tool_input\":{\"command\":\"make\"},\"tool_response\":{\"stdout\":\"" + "done ".repeat(400)
                                + "\"}"),
                200);
    }

    private String event(String name, String fields) {
        return "{\"hook_event_name\":\"" + name + "\",\"session_id\":\"bench\",\"cwd\":\"/work\",\"prompt_id\":\"prompt-"
                + prompt + "\"," + fields + "}";
    }

    private void say() throws IOException {
        said++;
        peer.tool("katra_say", "{\"message\":\"message " + said + " of the benchmark\",\"to\":[\"Bench\"]}");
    }

    private void wakes(Katra katra, String token, int wakes, Figures figures) throws IOException {
        Sample woken = new Sample(wakes);
        for (int i = 0; i < wakes; i++) {
            try (Held held = new Held(katra.url(), List.of(token))) {
                if (held.awaitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200)) > 0) {
                    throw new Fault("woken without mail", "");
                }
                say();
                long start = System.nanoTime();
                if (held.awaitUntil(start + TimeUnit.SECONDS.toNanos(30)) != 1) {
                    throw new Fault("an idle session was not woken", "");
                }
                woken.add((long) (held.since(start).percentile(50) * 1e6));
            }
            prompt(1); // a person's: it also makes the budget of turns whole again
            use();
        }
        figures.section("waking an idle session: from katra_say's return to the waiter's answer (ms)", "p50", "p99");
        figures.row("woken " + wakes + " times", woken.percentile(50), woken.percentile(99));
        figures.targets().atMost("waking: p99", woken.percentile(99), WAKE_MS, "ms");
    }
}
