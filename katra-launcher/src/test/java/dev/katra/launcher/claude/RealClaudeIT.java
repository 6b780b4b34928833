package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.AgentLaunch.Briefing;
import dev.katra.launcher.agent.AgentLaunch.LaunchConversation;
import dev.katra.launcher.plan.LaunchPlan;
import dev.katra.launcher.plan.SessionStub;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.tmux.Tmux;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * The real client in a real tmux, brought up by plan and stub: what its dialogs look like, and that our command line and
 * files are to its taste. The client comes from npm, or is the one that {@code
 * KATRA_TEST_CLAUDE} names; nothing of it goes beyond loopback.
 */
@Timeout(120)
class RealClaudeIT {

    private static final String NAME = "katra-Sam";

    /** Nobody answers there. */
    private static final URI SERVER = URI.create("http://127.0.0.1:9");

    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private final LocalProcessRunner processes = new LocalProcessRunner();
    private final String socket = "katra-test-" + UUID.randomUUID();
    private final Map<String, String> caller = new HashMap<>();
    private final Map<String, String> session = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private Path binary;

    @SuppressWarnings("NullAway.Init")
    private KatraHome home;

    @SuppressWarnings("NullAway.Init")
    private Path work;

    private Optional<LiveProcess> process = Optional.empty();

    @BeforeEach
    void prepare() throws Exception {
        binary = TestedClient.binary();
        home = new KatraHome(folder.resolve("katra home")).create();
        work = Files.createDirectory(folder.toRealPath().resolve("work"));
        caller.put("PATH", System.getenv("PATH"));
        caller.put("TMUX_TMPDIR", folder.toString());
        caller.put("LC_ALL", "C.UTF-8");
        caller.put(Tmux.SOCKET_VARIABLE, socket);
        session.putAll(caller);
        session.put("HOME", Files.createDirectory(folder.resolve("user")).toString());
        session.put("ANTHROPIC_BASE_URL", SERVER.toString());
        session.put("KATRA_SESSION_TOKEN", "token");
        session.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        session.put("CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL", "1");
        session.put("DISABLE_AUTOUPDATER", "1");
        session.put("DISABLE_TELEMETRY", "1");
        session.put("DISABLE_ERROR_REPORTING", "1");
    }

    @AfterEach
    void end() throws Exception {
        process.ifPresent(running -> running.terminate(Duration.ofSeconds(5)));
        var environment = Map.of("PATH", System.getenv("PATH"), "TMUX_TMPDIR", folder.toString());
        if (Executables.isExecutable(binary)) {
            processes.run(ProcessCommand.of(List.of("tmux", "-L", socket, "kill-server"), environment, folder));
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    void everyDialogOfAFirstRunIsRecognised() {
        session.put("ANTHROPIC_AUTH_TOKEN", "key");
        start(null);

        waitFor(Dialog.THEME);
        answer(Dialog.THEME);
        waitFor(Dialog.SECURITY_NOTES);
        answer(Dialog.SECURITY_NOTES);
        waitFor(Dialog.TRUST);
        answer(Dialog.TRUST);

        waitUntil(() -> tmux().panes().get(0).dead());
        assertThat(tmux().lastLines(NAME, 2)).isNotEmpty();
    }

    @Test
    void aKeyThatNobodyApprovedIsAskedAbout() throws Exception {
        IsolatedConfig.prepare(home, "Sam", work, null);
        session.put(
                IsolatedConfig.VARIABLE,
                home.root().resolve("claude-config/Sam").toString());
        session.put("ANTHROPIC_API_KEY", "sk-ant-0123456789-0123456789-0123456789");
        start(null);

        waitFor(Dialog.API_KEY);
    }

    @Test
    void anIsolatedSessionAsksNothingAndTakesItsPrompt() {
        String key = "sk-ant-0123456789-0123456789-0123456789";
        Path config = IsolatedConfig.prepare(home, "Sam", work, key);
        session.put(IsolatedConfig.VARIABLE, config.toString());
        session.put("ANTHROPIC_API_KEY", key);
        start("-p is not an option here");

        waitUntil(() -> tmux().capture(NAME, 0).contains("❯ -p is not an option here"));

        assertThat(Dialog.shownOn(tmux().capture(NAME, 0))).isEmpty();
        assertThat(process.orElseThrow().mayRun()).isTrue();
        assertThat(process.orElseThrow().terminate(Duration.ofSeconds(10)))
                .isEqualTo(LiveProcess.TerminateResult.GRACEFUL);
    }

    @Test
    void aSessionWithoutALoginSaysSo() {
        Path config = IsolatedConfig.prepare(home, "Sam", work, null);
        session.put(IsolatedConfig.VARIABLE, config.toString());
        start("hello");

        waitFor(Dialog.NOT_LOGGED_IN);
    }

    private void start(@Nullable String prompt) {
        UserArguments user = UserArguments.parse(List.of("--settings", "{\"env\": {\"A\": \"1\"}}"));
        Path sessionFolder = home.session("one");
        var arguments = new ClaudeArguments(
                binary,
                new LaunchConversation(UUID.randomUUID().toString(), false),
                new Briefing("Sam", "two\nlines 'and' $(more)", prompt),
                "some/model",
                ClaudeFiles.write(sessionFolder, SERVER, user, work, List.of(), Map.of()),
                user);
        Path plan = new LaunchPlan(session, arguments.argv(), work).write(sessionFolder);
        long pid = tmux().newSession(NAME, work, SessionStub.install(home).argv(plan))
                .pid();
        process = LiveProcess.of(pid);
        waitUntil(() -> ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("claude"))
                .isPresent());
        assertThat(plan).doesNotExist();
    }

    /** Presses Enter until the dialog is answered: the client ignores a key that comes as soon as a dialog shows. */
    private void answer(Dialog dialog) {
        long[] next = {System.nanoTime()};
        waitUntil(() -> {
            boolean shown = !tmux().panes().get(0).dead()
                    && Dialog.shownOn(tmux().capture(NAME, 0)).equals(Optional.of(dialog));
            if (shown && System.nanoTime() - next[0] >= 0) {
                tmux().press(NAME, "Enter");
                next[0] = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            }
            return !shown;
        });
    }

    private void waitFor(Dialog dialog) {
        waitUntil(() -> Dialog.shownOn(tmux().capture(NAME, 0)).equals(Optional.of(dialog)));
    }

    private Tmux tmux() {
        return new Tmux(processes, caller, folder);
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited too long; the screen is:\n" + tmux().capture(NAME, 20));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
