package dev.katra.shell.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real {@code ./katra} as the build has left it, over a home and on a port of the test's own. */
public final class Program {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long LIMIT_SECONDS = 90;

    private final Path folder;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Process, ProcessBuilder> started = new HashMap<>();

    /** What a command came to. */
    public record Result(int exit, String out, String err) {}

    /**
     * A program whose home is a folder in this one.
     *
     * @param folder with a short path; also the user's home
     */
    public Program(Path folder) throws IOException {
        assertThat(ROOT.resolve("katra-shell/target/katra/lib"))
                .as("the packaged program; mvnw verify makes it")
                .isDirectory();
        KeptClasses.make();
        this.folder = folder;
        this.port = freePort();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("USER", "ada");
        environment.put("TERM", "xterm-256color");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TMPDIR", folder.toString());
        environment.put("KATRA_HOME", home().toString());
        environment.put("KATRA_PORT", String.valueOf(port));
        environment.put("KATRA_JAVA_HOME", System.getProperty("java.home"));
        environment.put("KATRA_TMUX_SOCKET", "katra-test-" + port);
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The entry point. */
    public static Path katra() {
        return ROOT.resolve("katra");
    }

    /** The home. */
    public Path home() {
        return folder.resolve("home");
    }

    /** The port that the environment names. */
    public int port() {
        return port;
    }

    /** The environment that commands get; changes hold from then on. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Runs a command to its end. */
    public Result run(String... words) throws Exception {
        return end(start(words));
    }

    /** Runs a command that must succeed. */
    public String out(String... words) throws Exception {
        Result result = run(words);
        assertThat(result.exit()).as("%s: %s", List.of(words), result.err()).isZero();
        return result.out();
    }

    /** Starts a command with an empty input; {@link #end} waits for it. */
    public Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(katra().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile());
        return start(builder);
    }

    /** Starts anything in this program's environment. */
    public Process start(ProcessBuilder builder) throws IOException {
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.put(process, builder);
        return process;
    }

    /** Waits for the end of a command. */
    public Result end(Process process) throws Exception {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("ends within " + LIMIT_SECONDS + " s")
                .isTrue();
        ProcessBuilder builder = started.get(process);
        assertThat(builder).isNotNull();
        return new Result(
                process.exitValue(),
                Files.readString(builder.redirectOutput().file().toPath(), StandardCharsets.UTF_8),
                Files.readString(builder.redirectError().file().toPath(), StandardCharsets.UTF_8));
    }

    /** The server's process; fails if none runs. */
    public ProcessHandle server() throws Exception {
        JsonNode status = JsonMapper.shared().readTree(out("server", "status", "--json"));
        return ProcessHandle.of(status.get("pid").asLong()).orElseThrow();
    }

    /** Ends the server. To be called at the end of every test. */
    public void stop() throws Exception {
        environment.put("KATRA_HOME", home().toString());
        run("server", "stop");
    }
}
