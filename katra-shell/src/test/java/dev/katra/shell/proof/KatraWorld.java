package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.testing.KeptClasses;
import dev.katra.shell.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user's machine in small, for one test class: a home, a user folder, a port, a tmux server and an environment of its
 * own. It begins with nothing running; at its end everything is stopped by the product's own commands, and a process
 * that survives them is a failure.
 */
final class KatraWorld implements BeforeAllCallback, AfterAllCallback {

    static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final LocalProcessRunner PROCESSES = new LocalProcessRunner();

    /** Short, because the path of a socket may not be longer than about 100 bytes. */
    private final Path root = Path.of("/tmp/kw-" + UUID.randomUUID().toString().substring(0, 8));

    private final String socket = "katra-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> environment = new TreeMap<>();
    private boolean stopped;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path claude = RealClaude.binary();
        KeptClasses.make();
        for (Path folder : List.of(root, userFolder(), temporary(), folder(), root.resolve("mux"))) {
            KatraHome.privateFolder(folder);
        }
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", userFolder().toString());
        environment.put("TMPDIR", temporary().toString());
        environment.put("TMUX_TMPDIR", root.resolve("mux").toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "xterm-256color");
        environment.put("SHELL", "/bin/sh");
        environment.put("KATRA_HOME", home().root().toString());
        environment.put("KATRA_PORT", Integer.toString(Program.freePort()));
        environment.put("KATRA_JAVA_HOME", System.getProperty("java.home"));
        environment.put("KATRA_CLAUDE", claude.toString());
        environment.put(Tmux.SOCKET_VARIABLE, socket);
        environment.put("DISABLE_AUTOUPDATER", "1");
        environment.put("DISABLE_TELEMETRY", "1");
        environment.put("DISABLE_ERROR_REPORTING", "1");
        // Nothing answers there: what is meant for loopback arrives, and whatever is not stays here.
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        environment.put("HTTP_PROXY", "http://127.0.0.1:9");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (environment.isEmpty()) {
            return;
        }
        try {
            stop();
        } finally {
            tmux("kill-server");
            List<Long> left = survivors();
            List<String> shown = left.stream()
                    .map(pid -> pid + " " + ProcessTable.commandLine(pid))
                    .toList();
            left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            FileSystemUtils.deleteRecursively(root);
            assertThat(shown).as("processes that outlive their world").isEmpty();
        }
    }

    /** Stops every session and the server, by the product's own commands, unless that is done. */
    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        done("stop", "--all");
        assertThat(list()).isEmpty();
        assertThat(done("server", "stop")).isEqualTo("stopped\n");
        assertThat(temporary()).isDirectoryNotContaining("glob:**/katra.*");
    }

    /** The processes of this world that are still there after a few seconds of grace. */
    private List<Long> survivors() {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!processes().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000L);
        }
        return processes();
    }

    KatraHome home() {
        return new KatraHome(root.resolve("katra home"));
    }

    /** The folder of the user, {@code HOME}. */
    Path userFolder() {
        return root.resolve("user");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** The folder in which commands run and sessions work. */
    Path folder() {
        return root.resolve("work");
    }

    /** Everything this world has on disk. */
    Path root() {
        return root;
    }

    /** The whole environment of a command. */
    Map<String, String> environment() {
        return new TreeMap<>(environment);
    }

    /** Sets a variable of the user's shell. */
    void export(String name, String value) {
        environment.put(name, value);
    }

    /** Runs a command to its end. */
    ProcessResult katra(String... words) {
        return katra(folder(), environment, words);
    }

    ProcessResult katra(Path folder, Map<String, String> variables, String... words) {
        return PROCESSES.run(
                ProcessCommand.of(commandLine(words), variables, folder).withTimeout(Duration.ofMinutes(4)));
    }

    /** Runs a command that must succeed; what it printed. */
    String done(String... words) {
        ProcessResult result = katra(words);
        assertThat(result.exitCode())
                .as(String.join(" ", words) + ": " + result.stderr())
                .isZero();
        return result.stdout();
    }

    List<String> commandLine(String... words) {
        return Stream.concat(Stream.of(Program.katra().toString()), Stream.of(words))
                .toList();
    }

    /** A start in the background on a provider, which must succeed. */
    void start(String persona, String provider, String prompt, String... more) {
        done(Stream.concat(
                        Stream.of(
                                "start",
                                "--persona",
                                persona,
                                "--provider",
                                provider,
                                "--isolated",
                                "-b",
                                "--prompt",
                                prompt),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** A start in the background on the scripted model. */
    ProcessResult startDemo(String persona, String prompt) {
        return katra("start", "--persona", persona, "--provider", "demo", "--isolated", "-b", "--prompt", prompt);
    }

    /** The live sessions, as {@code katra list} tells them. */
    List<JsonNode> list() {
        return json(done("list", "--json"));
    }

    /** One of them. */
    JsonNode session(String persona) {
        return list().stream()
                .filter(row -> row.path("persona").asString("").equals(persona))
                .findFirst()
                .orElseThrow(() -> new AssertionError(persona + " is not in the list"));
    }

    /** What the newest sessions of personas have used. */
    List<JsonNode> usage(String... personas) {
        List<String> words = new ArrayList<>(List.of("usage", "--json"));
        words.addAll(List.of(personas));
        return List.copyOf(JsonMapper.shared()
                .readTree(done(words.toArray(String[]::new)))
                .path("sessions")
                .values());
    }

    /** The personas of {@code katra list} or {@code katra who}. */
    List<String> personas(String command) {
        return json(done(command, "--json")).stream()
                .map(row -> row.path("persona").asString(""))
                .toList();
    }

    /** Everything that was said, with its receipts. */
    List<JsonNode> messages() {
        return done("history", "--json", "--receipts", "--limit", "200")
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    /** The message of this text, with its receipts; an empty object if nobody has said it. */
    JsonNode said(String text) {
        return messages().stream()
                .filter(message -> message.path("text").asString("").equals(text))
                .findFirst()
                .orElseGet(JsonMapper.shared()::createObjectNode);
    }

    /** How far the message of this text has come with a persona, in lower case. */
    String delivery(String text, String persona) {
        for (JsonNode receipt : said(text).path("receipts")) {
            if (receipt.path("persona").asString("").equals(persona)) {
                return receipt.path("delivery").asString("").toLowerCase(Locale.ROOT);
            }
        }
        return "none";
    }

    /** Types a prompt into a session that waits for one, as a person would. */
    void type(String persona, String prompt) {
        await("an idle " + persona)
                .atMost(PATIENCE)
                .until(() -> session(persona).path("state").asString("").equals("idle"));
        write(persona, prompt);
    }

    /** Types a prompt into a session, whatever it does. */
    void write(String persona, String prompt) {
        String name = Tmux.sessionName(persona);
        assertThat(tmux("send-keys", "-t", "=" + name + ":", "-l", "--", prompt).ok())
                .isTrue();
        // What follows at once would be taken for part of a pasted text.
        await("the prompt on the screen of " + persona)
                .atMost(PATIENCE)
                .until(() -> screen(persona).replaceAll("\\s+", "").contains(prompt.replaceAll("\\s+", "")));
        terminal().press(name, "Enter");
    }

    /** What a background session shows. */
    String screen(String persona) {
        return terminal().capture(Tmux.sessionName(persona), 0);
    }

    Transcript transcript(String persona) {
        return new Transcript(home().root().resolve("claude-config").resolve(persona));
    }

    /** tmux as the caller reaches it. */
    Tmux terminal() {
        return new Tmux(PROCESSES, environment, folder());
    }

    /** Runs tmux by hand. */
    ProcessResult tmux(String... words) {
        return tmux(environment, words);
    }

    ProcessResult tmux(Map<String, String> variables, String... words) {
        List<String> argv = Stream.concat(Stream.of("tmux", "-L", socket, "-f", "/dev/null"), Stream.of(words))
                .toList();
        return PROCESSES.run(ProcessCommand.of(argv, variables, folder()));
    }

    /** The server's pid, as it says itself. */
    long serverPid() {
        return JsonMapper.shared()
                .readTree(done("server", "status", "--json"))
                .path("pid")
                .asLong();
    }

    /** Every process that belongs to this world. */
    List<Long> processes() {
        return ProcessTable.mentioning(root.toString());
    }

    /** Keeps a text for people to look at. */
    static void record(String name, String text) throws IOException {
        Path folder = Files.createDirectories(Program.katra().resolveSibling("target/recordings"));
        Files.writeString(folder.resolve(name + ".txt"), text);
    }

    /** Runs tasks side by side; their results in the same order. */
    static <T> List<T> atTheSameMoment(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<JsonNode> json(String array) {
        return List.copyOf(JsonMapper.shared().readTree(array).values());
    }
}
