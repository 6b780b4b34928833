package dev.katra.shell.docs;

import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageService;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions of the guide on usage, which have run for hours, with what they have used. */
final class UsedSessions {

    private static final TokenCounts ONE_TOKEN = new TokenCounts(1, 0, 0, 0);

    private final TestStore store;
    private final Path folder;

    private UsedSessions(TestStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** Makes a home in which they run. */
    static void leaveIn(Path home, Path folder) throws IOException {
        Path made = Files.createDirectories(home.resolveSibling("made"));
        try (TestStore store = TestStore.open(made)) {
            new UsedSessions(store, folder).begin();
        }
        Files.move(TestStore.home(made).root(), home);
    }

    private void begin() throws IOException {
        long charlie = session("Charlie", "groq", "openai/gpt-oss-120b", "gateway");
        count(charlie, "openai/gpt-oss-120b", 3, 0, new TokenCounts(4_000, 0, 0, 120), 200, OptionalLong.of(0));
        store.sessions().end(charlie, "exited");
        long sam = session("Sam", "openai", "gpt-6.1-sol", "gateway");
        process(sam);
        TokenCounts large = new TokenCounts(98_765, 1_134_000, 0, 34_210);
        count(sam, "gpt-6.1-sol", 134, 2, large, 820, OptionalLong.of(607_300_000));
        process(session("Dario", "anthropic", null, "direct"));
        count(sam, "gpt-6-luna", 12, 0, new TokenCounts(9_876, 0, 0, 543), 300, OptionalLong.empty());
    }

    private long session(String persona, String provider, @Nullable String model, String route) {
        return store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource(provider, model, route),
                        Place.TERMINAL,
                        folder,
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), false)))
                .session()
                .id();
    }

    /** Gives a session a process, which whoever stops the session ends. */
    private void process(long session) throws IOException {
        Process process = new ProcessBuilder("sleep", "3600").start();
        LiveProcess live = LiveProcess.of(process.pid()).orElseThrow();
        store.sessions().recordProcess(session, live.pid(), live.mark(), null, null);
    }

    /** Counts requests; the first has the cost, and all the tokens but one for each that follows it. */
    private void count(
            long session,
            String model,
            int requests,
            int failed,
            TokenCounts tokens,
            int firstTokenMillis,
            OptionalLong cost) {
        UsageService usage = store.bean(UsageService.class);
        Duration firstToken = Duration.ofMillis(firstTokenMillis);
        TokenCounts largest = new TokenCounts(
                tokens.input() - (requests - failed - 1), tokens.cacheRead(), tokens.cacheWrite(), tokens.output());
        OptionalLong nothing = cost.isPresent() ? OptionalLong.of(0) : OptionalLong.empty();
        for (int i = 0; i < requests; i++) {
            boolean fails = i >= requests - failed;
            usage.count(
                    session,
                    new CountedRequest(
                            new ModelTask("openai", model, Purpose.CONVERSATION),
                            fails,
                            i == 0 ? largest : fails ? TokenCounts.NONE : ONE_TOKEN,
                            fails ? null : firstToken,
                            i == 0 ? cost : nothing),
                    null);
        }
    }
}
