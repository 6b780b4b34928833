package dev.katra.shell.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.testing.KeptClasses;
import dev.katra.shell.testing.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The terminal of somebody who reads a guide and types what it says: a shell in a wide tmux window, a user folder, a port
 * and a tmux server of its own, Katra on the path, and a client on it that stands in for Claude Code.
 */
final class ReaderShell implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Reads the names of files with commands, runs each in this one shell, and writes down its exit code. */
    private static final String LOOP = """
            trap : INT
            unset TMUX TMUX_PANE
            code=0
            while IFS= read -r file <&9; do
                printf '\\033[H\\033[2J\\033[3J'
                (exit "$code")
                . "$file"
                code=$?
                echo "$code" >"$file.part"
                mv "$file.part" "$file.code"
            done 9<'%s'
            """;

    /** What a command has printed on the terminal, and its exit code. */
    record Result(int exit, String screen) {}

    private final Path root;
    private final String socket = "katra-test-" + UUID.randomUUID();
    private final Map<String, String> environment = new TreeMap<>();
    private final String vendor;
    private final int port = Program.freePort();
    private final OutputStream commands;
    private int count;

    /**
     * A reader who has an endpoint of the OpenAI format.
     *
     * @param root with a short path, because of the sockets in it
     * @param vendor the endpoint, which {@code VENDOR} names in the reader's shell
     */
    ReaderShell(Path root, String vendor) throws IOException {
        KeptClasses.make();
        this.root = root;
        this.vendor = vendor;
        for (Path made : List.of(bin(), work(), root.resolve("mux"), root.resolve("tmp"))) {
            Files.createDirectories(made);
        }
        link("katra", Program.katra());
        link("claude", Path.of("src/test/resources/guides/claude").toAbsolutePath());
        environment.put("PATH", bin() + ":" + System.getenv("PATH"));
        environment.put("HOME", user().toString());
        environment.put("USER", "ada");
        environment.put("TERM", "xterm-256color");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SHELL", "/bin/sh");
        environment.put("TMPDIR", root.resolve("tmp").toString());
        environment.put("TMUX_TMPDIR", root.resolve("mux").toString());
        environment.put("VENDOR", vendor);
        environment.put("KATRA_PORT", String.valueOf(port));
        environment.put("KATRA_JAVA_HOME", System.getProperty("java.home"));
        environment.put("KATRA_TMUX_SOCKET", "katra-test-" + UUID.randomUUID());
        // Nothing answers there: a command that wants the internet fails at once.
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        Path queue = root.resolve("queue");
        run(root, "mkfifo", queue.toString());
        Path loop = Files.writeString(root.resolve("loop"), LOOP.formatted(queue));
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "240", "-y", "90", "bash --noprofile --norc '" + loop + "'");
        commands = Files.newOutputStream(queue);
    }

    /** The user's folder, {@code HOME}. */
    Path user() {
        return root.resolve("user");
    }

    /** The home, where it is unless a variable says otherwise. */
    Path home() {
        return user().resolve(".katra");
    }

    /** The folder in which commands run. */
    Path work() {
        return user().resolve("work/shop");
    }

    /** The port that the environment names. */
    int port() {
        return port;
    }

    /** The endpoint. */
    String vendor() {
        return vendor;
    }

    private Path bin() {
        return root.resolve("bin");
    }

    /** Puts a program on the path; a symbolic link out of a temporary folder would not be deleted without a warning. */
    private void link(String name, Path program) throws IOException {
        Path link = Files.writeString(bin().resolve(name), "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
        Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("rwx------"));
    }

    /** Types a command and waits for its end. */
    Result type(String command) throws IOException {
        return end(command, begin(command));
    }

    /** Types a command that goes on for ever, runs another meanwhile, and presses Ctrl-C once this is on the screen. */
    Result interrupt(String command, String meanwhile, String shown) throws IOException {
        Path code = begin(command);
        run(work(), "bash", "-c", meanwhile);
        await(shown).atMost(PATIENCE).until(() -> screen().contains(shown));
        tmux("send-keys", "C-c");
        return end(command, code);
    }

    private Result end(String command, Path code) throws IOException {
        await(command).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(code));
        return new Result(Integer.parseInt(Files.readString(code).strip()), screen());
    }

    private Path begin(String command) throws IOException {
        Path file = root.resolve("command-" + count++);
        Files.writeString(file, command + "\n");
        commands.write((file + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        return file.resolveSibling(file.getFileName() + ".code");
    }

    private String screen() throws IOException {
        return tmux("capture-pane", "-p", "-J", "-S", "-")
                .lines()
                .map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n")
                .strip();
    }

    private String tmux(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(words));
        return run(work(), command.toArray(String[]::new));
    }

    private String run(Path folder, String... command) throws IOException {
        Path out = Files.createTempFile(root, "out", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile()); // a server that it starts would hold a pipe open
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = exitOf(builder.start());
        String text = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        assertThat(exit).as("%s: %s", List.of(command), text).isZero();
        return text;
    }

    private static int exitOf(Process process) {
        try {
            if (!process.waitFor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("a command does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally { // what it started may be a loop that waits for something
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Ends the sessions, the server and the terminals. */
    @Override
    public void close() throws IOException {
        try {
            run(user(), "bash", "-c", "katra stop --all && katra server stop");
        } finally {
            commands.close(); // the shell ends with it
            run(
                    root,
                    "bash",
                    "-c",
                    "tmux -L \"$KATRA_TMUX_SOCKET\" kill-server; tmux -L " + socket + " kill-server; true");
        }
    }
}
