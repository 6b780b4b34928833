package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.Version;
import dev.katra.shell.channel.ServerChannel;
import dev.katra.shell.console.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Finds the server of a home, starts it, stops it. */
public final class ServerStarter {

    /** What {@code ps} shows of the server. */
    public static final String PROCESS_NAME = "katra_mcp_server";

    /** The property that holds the pid of the process without which the server shall not go on; usually it is not set. */
    public static final String TETHER = "katra.server.tether";

    /** The port of a home that has none yet. */
    public static final int USUAL_PORT = 3141;

    private static final Duration START = Duration.ofSeconds(60);
    /** How long a server that somebody else has started may need. */
    private static final Duration ANOTHER = Duration.ofSeconds(40);

    /** An idle JVM looks four times a second for locks that nobody holds; a JVM that does not know the option goes without. */
    private static final List<String> FEW_LOOKS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=5000");

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(25);

    /** Of the caller's environment, all that the server gets: it must not hold a key of its first shell. */
    private static final List<String> KEPT =
            List.of("HOME", "USER", "LOGNAME", "PATH", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy");

    /** The running server of a home, as it says itself over the private socket. */
    public Optional<ServerFile> running(KatraHome home) {
        return new ServerChannel(home).get("/status").flatMap(answer -> {
            try {
                return Optional.of(JsonMapper.shared().readValue(answer, ServerFile.class));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        });
    }

    /** The running server of the caller's home, started or replaced by one of this version if need be. */
    public ServerFile ensureRunning(Caller caller) {
        Optional<ServerFile> running = running(caller.home());
        if (running.isPresent() && running.get().version().equals(Version.current())) {
            return running.get();
        }
        if (running.isPresent()) {
            if (Version.isNewer(running.get().version())) {
                throw Failure.conflict("the server of this home is a newer Katra, "
                                + running.get().version())
                        .hint("use that one, or update this one (" + Version.current() + ")");
            }
            caller.note("katra: the server is of version " + running.get().version() + "; restarting it as "
                    + Version.current() + " (sessions go on)");
            stop(caller.home());
        }
        return start(caller, Optional.empty());
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param port what the home's port shall be from now on; empty keeps it
     * @throws Failure UNAVAILABLE with what it said if it does not come up
     */
    public ServerFile start(Caller caller, Optional<Integer> port) {
        KatraHome home = caller.home().create();
        Path output = KatraHome.privateFolder(home.logs()).resolve("server.out");
        long before = size(output);
        Process process = launch(caller, home, port, output);
        long deadline = System.nanoTime() + START.toNanos();
        long silence = System.nanoTime() + ANOTHER.toNanos();
        boolean told = false;
        while (System.nanoTime() < deadline) {
            Optional<ServerFile> running = running(home);
            if (running.isPresent()) {
                process.destroy(); // the shell that waited; the server is a process group of its own
                return running.get();
            }
            if (!process.isAlive() && process.exitValue() != KatraServer.ALREADY_RUNNING) {
                throw Failure.unavailable("the server did not start: " + said(output, before))
                        .hint("see: katra server logs");
            }
            if (!process.isAlive() && System.nanoTime() > silence) {
                throw Failure.unavailable("a server holds the home " + home.root() + " and does not answer")
                        .hint("katra server stop ends it");
            }
            if (!told && System.nanoTime() > deadline - START.toNanos() + TimeUnit.SECONDS.toNanos(1)) {
                caller.note("katra: starting the server…");
                told = true;
            }
            pause();
        }
        throw Failure.unavailable(
                        "the server did not answer within " + START.toSeconds() + " s: " + said(output, before))
                .hint("see: katra server logs");
    }

    /** Ends the server of the home, also one that no longer answers; false if none is running. Sessions go on. */
    public boolean stop(KatraHome home) {
        Optional<LiveProcess> server = process(home);
        server.ifPresent(process -> process.terminate(STOP));
        return server.isPresent();
    }

    /** The server's process, by its own word or else by what it left in the home. */
    private Optional<LiveProcess> process(KatraHome home) {
        return running(home)
                .or(() -> ServerFile.read(home))
                .map(file -> new LiveProcess(file.pid(), Instant.ofEpochMilli(file.startedAt())))
                .filter(LiveProcess::isAlive);
    }

    private static Process launch(Caller caller, KatraHome home, Optional<Integer> port, Path output) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(List.of("-XX:+UseSerialGC", "-Xms24m", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        java.addAll(FEW_LOOKS);
        java.addAll(kept());
        Optional.ofNullable(System.getProperty(TETHER)).ifPresent(pid -> java.add("-D" + TETHER + "=" + pid));
        java.add("-Djdk.httpclient.keepalive.timeout=25"); // seconds; endpoints close idle connections after 30 or more
        java.add("-Djava.io.tmpdir=" + KatraHome.privateFolder(home.run())); // SQLite's library, Tomcat's folders
        java.addAll(program());
        java.add(PROCESS_NAME);
        port.ifPresent(number -> java.addAll(List.of("--port", number.toString())));
        // A process group of its own (set -m), so that Ctrl-C at the caller's terminal does not reach the server.
        List<String> command = new ArrayList<>(
                List.of("bash", "-c", "set -m; nohup \"$@\" </dev/null >>\"$KATRA_OUTPUT\" 2>&1 & wait $!", "katra"));
        command.addAll(java);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        caller.environment().forEach((name, value) -> {
            boolean proxy = PROXIES.contains(name) && !value.contains("@"); // a password has no business in the server
            if (KEPT.contains(name) || proxy || name.equals("KATRA_PORT")) {
                environment.put(name, value);
            }
        });
        if (System.getProperty("os.name").startsWith("Linux")) {
            environment.put("LC_ALL", "C.UTF-8"); // in the C locale Java loses all of a path that is not ASCII
            environment.put("MALLOC_TRIM_THRESHOLD_", "1048576"); // glibc otherwise keeps what a model has freed
        }
        environment.put(KatraHome.VARIABLE, home.root().toString());
        environment.put("KATRA_OUTPUT", output.toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw Failure.unavailable("cannot start the server: " + e.getMessage())
                    .cause(e);
        }
    }

    /** What the JVM is to use of earlier starts, or to record for later ones: the entry point knows. */
    private static List<String> kept() {
        String option = System.getProperty("katra.server.kept", "");
        // Whatever is wrong with it, the JVM is to go without and say nothing.
        return option.isEmpty() ? List.of() : List.of(option, "-Xlog:disable");
    }

    /** The jar that names all others, which keeps the line in ps short; or what a test has on its class path. */
    private static List<String> program() {
        String path = System.getProperty("java.class.path");
        return path.endsWith(".jar") && !path.contains(java.io.File.pathSeparator)
                ? List.of("-jar", path)
                : List.of("--enable-native-access=ALL-UNNAMED", "-cp", path, "dev.katra.shell.Katra"); // SQLite
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The last line that the server wrote since then. */
    private static String said(Path output, long from) {
        try {
            byte[] all = Files.readAllBytes(output);
            int start = (int) Math.min(from, all.length);
            String text = new String(all, start, all.length - start, java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "it said nothing" : text.substring(text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted");
        }
    }
}
