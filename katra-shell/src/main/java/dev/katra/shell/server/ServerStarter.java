package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.StoreFaults;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.channel.ServerChannel;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Finds the server of a home, starts it and stops it. */
public final class ServerStarter {

    /** The name of the server's process, which {@code ps} shows. */
    public static final String PROCESS_NAME = "katra_mcp_server";

    /**
     * The system property that holds the pid of the process without which the server shall not go on; usually it is not
     * set.
     */
    public static final String PARENT_PROPERTY = "katra.server.tether";

    /** The name of a system property with the maximum heap of the server, such as {@code 64m}; usually it is not set. */
    private static final String HEAP = "katra.server.heap";

    private static final String DEFAULT_HEAP = "512m";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** The maximum time that a server that somebody else has started may need. */
    private static final Duration OTHER_START_TIMEOUT = Duration.ofSeconds(40);

    /**
     * Options by which an idle JVM looks every five seconds, not four times a second, for locks that nobody holds; a
     * JVM that does not know the option goes without.
     */
    private static final List<String> IDLE_JVM_OPTIONS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=5000");

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final long MAX_OUTPUT_BYTES = 1024 * 1024;

    /** The maximum time that a server may need to say which it is, before it is taken for one that hangs. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /**
     * The maximum time for the same answer where the server is to be ended anyway, or only a yes or no is wanted; and the
     * time in which a server that hangs may end by itself.
     */
    private static final Duration SHORT_ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

    /**
     * The variables of the caller's environment that the server gets; besides them it gets the port and proxies without
     * a password. It must not hold a key of its first shell.
     */
    private static final List<String> INHERITED_VARIABLES =
            List.of("HOME", "USER", "LOGNAME", "PATH", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy");

    /**
     * Returns the running server of a home, as it says itself over the private socket; empty if there is none.
     *
     * @throws Failure UNAVAILABLE if there is one that does not answer, or refuses to
     */
    public Optional<ServerFile> running(KatraHome home) {
        try {
            return running(home, ANSWER_TIMEOUT);
        } catch (ServerChannel.NoAnswerException e) {
            throw e.failure();
        }
    }

    /** Returns whether there is a server that answers. */
    public boolean isAnswering(KatraHome home) {
        try {
            return running(home, SHORT_ANSWER_TIMEOUT).isPresent();
        } catch (ServerChannel.NoAnswerException e) {
            return false;
        }
    }

    private static Optional<ServerFile> running(KatraHome home, Duration limit) throws ServerChannel.NoAnswerException {
        return new ServerChannel(home).get("/status", limit).flatMap(answer -> {
            try {
                return Optional.of(JsonMapper.shared().readValue(answer, ServerFile.class));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Returns the running server of the caller's home, started or replaced by one of this version and build if need be.
     */
    public ServerFile ensureRunning(Caller caller) {
        Optional<ServerFile> running = running(caller.home());
        if (isOfAnOlderBuild(caller.home())
                && running.filter(each -> Version.isNewer(each.version())).isEmpty()) {
            if (stop(caller.home())) {
                caller.note(
                        "katra: the program has been replaced since the server started; restarting it (sessions go on)");
            }
            return start(caller, Optional.empty());
        }
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
        KatraHome home = caller.home();
        if (!Files.exists(home.root())) {
            awaitServerOfDeleted(caller, home);
            caller.note("katra: the home " + home.root() + " is new, with nothing in it");
        }
        home.create();
        HomeIdentity.original(home)
                .ifPresent(original -> caller.note(
                        "katra: this home is a copy of " + original + ", which keeps the sessions that run"));
        if (port.isEmpty()) {
            ServerPort.of(home, caller.environment()); // what is wrong with it is better said here
        }
        Path output = KatraHome.privateFolder(home.logs()).resolve("server.out");
        if (ranOutOfMemory(home, output)) {
            caller.note("katra: the server had no memory left and has ended; starting another (sessions go on)");
        }
        rollOver(output);
        long before = size(output);
        Process process = launch(caller, home, port, output);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        long silence = System.nanoTime() + OTHER_START_TIMEOUT.toNanos();
        boolean told = false;
        while (System.nanoTime() < deadline) {
            Optional<ServerFile> running = running(home);
            if (running.isPresent()) {
                process.destroy(); // the shell that waited; the server is a process group of its own
                return running.get();
            }
            if (!process.isAlive() && process.exitValue() != KatraServer.ALREADY_RUNNING) {
                throw lastLine(output, before)
                        .map(words -> Failure.unavailable("the server did not start: " + words)
                                .hint("see: katra server logs"))
                        .orElseGet(() -> failedSilently(home));
            }
            if (!process.isAlive() && System.nanoTime() < silence && !isLocked(home)) {
                process = launch(caller, home, port, output); // who held the home has ended
                continue;
            }
            if (!process.isAlive() && System.nanoTime() > silence) {
                throw Failure.unavailable("a server holds the home " + home.root() + " and does not answer")
                        .hint("katra server stop ends it");
            }
            if (!told && System.nanoTime() > deadline - START_TIMEOUT.toNanos() + TimeUnit.SECONDS.toNanos(1)) {
                caller.note("katra: starting the server…");
                told = true;
            }
            pause();
        }
        throw Failure.unavailable("the server did not answer within " + START_TIMEOUT.toSeconds() + " s: "
                        + lastLine(output, before).orElse("it said nothing"))
                .hint("see: katra server logs");
    }

    /**
     * Returns whether the program was built or replaced after the home's server started, which then finds half of
     * itself gone.
     */
    private static boolean isOfAnOlderBuild(KatraHome home) {
        String jar = System.getProperty("java.class.path");
        Path lib = Path.of(jar).toAbsolutePath().getParent();
        if (!jar.endsWith(".jar") || lib == null || !Files.exists(home.serverFile())) {
            return false;
        }
        try (Stream<Path> jars = Files.list(lib)) {
            FileTime started = Files.getLastModifiedTime(home.serverFile());
            for (Path each : jars.filter(file -> file.getFileName().toString().startsWith("katra-"))
                    .toList()) {
                if (Files.getLastModifiedTime(each).compareTo(started) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // then there is no telling
        }
    }

    /**
     * Ends the server of the home, also one that no longer answers; returns false if none is running. Sessions go on.
     */
    public boolean stop(KatraHome home) {
        Optional<LiveProcess> server;
        Duration grace = STOP_TIMEOUT;
        try {
            // Who answers on the private socket is the process of that pid, whatever was noted of its start.
            server = running(home, SHORT_ANSWER_TIMEOUT).flatMap(file -> LiveProcess.of(file.pid()));
        } catch (ServerChannel.NoAnswerException e) {
            server = Optional.empty();
            grace = SHORT_ANSWER_TIMEOUT;
        }
        Optional<LiveProcess> process = server.or(() -> processFromFile(home));
        if (process.isEmpty()) {
            return false;
        }
        if (process.get().terminate(grace) == LiveProcess.TerminateResult.STILL_ALIVE) {
            throw Failure.unavailable("the server, process " + process.get().pid() + ", does not end")
                    .hint("look at it: ps -fp " + process.get().pid());
        }
        return true;
    }

    /** Returns the server's process by the file that it left in the home. */
    private static Optional<LiveProcess> processFromFile(KatraHome home) {
        return HomeIdentity.original(home).isPresent()
                ? Optional.empty() // the file is the original's
                : ServerFile.read(home).flatMap(file -> file.process(home));
    }

    private static Process launch(Caller caller, KatraHome home, Optional<Integer> port, Path output) {
        List<String> java = new ArrayList<>();
        java.add(java());
        java.addAll(List.of("-XX:+UseSerialGC", "-Xms24m", "-XX:TieredStopAtLevel=1"));
        java.add("-Xmx" + System.getProperty(HEAP, DEFAULT_HEAP));
        java.add("-XX:+ExitOnOutOfMemoryError"); // a server that has lost a thread is worse than one that starts anew
        java.addAll(IDLE_JVM_OPTIONS);
        java.addAll(cacheOptions());
        Optional.ofNullable(System.getProperty(PARENT_PROPERTY))
                .ifPresent(pid -> java.add("-D" + PARENT_PROPERTY + "=" + pid));
        java.add("-Djdk.httpclient.keepalive.timeout=25"); // seconds; endpoints close idle connections after 30 or more
        java.add("-Djava.io.tmpdir=" + KatraHome.privateFolder(home.temporary())); // SQLite's library, Tomcat's folders
        java.addAll(programOptions());
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
            if (INHERITED_VARIABLES.contains(name) || proxy || name.equals(ServerPort.VARIABLE)) {
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
                    .hint("see: katra doctor")
                    .cause(e);
        }
    }

    /** Returns the path of the JVM that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Returns the options by which the JVM uses the class cache of earlier starts, or records one for later starts: the
     * entry point knows which.
     */
    private static List<String> cacheOptions() {
        String option = System.getProperty("katra.server.kept", "");
        // Whatever is wrong with it, the JVM is to go without and say nothing.
        return option.isEmpty() ? List.of() : List.of(option, "-Xlog:disable");
    }

    /**
     * Returns the options that name the program: the jar that names all others, which keeps the line in ps short; or
     * what a test has on its class path.
     */
    private static List<String> programOptions() {
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

    /**
     * Renames the file of the server's output if it is large. What servers write beside their log is little, but it is
     * never taken away.
     */
    private static void rollOver(Path output) {
        if (size(output) > MAX_OUTPUT_BYTES) {
            try {
                Files.move(output, output.resolveSibling("server.out.1"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                // then it grows on
            }
        }
    }

    /** Returns whether the heap of the last server was used up, which is then the last thing that its JVM wrote. */
    private static boolean ranOutOfMemory(KatraHome home, Path output) {
        try {
            return Files.exists(output)
                    && Files.exists(home.serverFile())
                    && Files.getLastModifiedTime(output).compareTo(Files.getLastModifiedTime(home.serverFile())) > 0
                    && lastLine(output, 0)
                            .filter(line -> line.contains(OutOfMemoryError.class.getName()))
                            .isPresent();
        } catch (IOException e) {
            return false; // then there is no telling
        }
    }

    private static boolean isLocked(KatraHome home) {
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        lock.ifPresent(HomeLock::close);
        return lock.isEmpty();
    }

    /** Returns the failure of a server that could not even say what is wrong. */
    private static Failure failedSilently(KatraHome home) {
        return StoreFaults.ofEngine()
                .findDiskFault(home)
                .map(fault -> Failure.unavailable("the server did not start: " + fault.text())
                        .hint(fault.hint().orElse("")))
                .orElseGet(() -> Failure.unavailable("the server did not start, and said nothing")
                        .hint("see what is wrong here: katra doctor"));
    }

    /** Waits for the server of a home that was deleted, which notices that within seconds and ends. */
    private static void awaitServerOfDeleted(Caller caller, KatraHome home) {
        String mark = "-Djava.io.tmpdir=" + home.temporary() + " ";
        ProcessHandle.allProcesses()
                .filter(process -> LiveProcess.commandLineContains(process.pid(), mark))
                .findFirst()
                .ifPresent(process -> {
                    caller.note("katra: the home " + home.root() + " was deleted while its server (pid " + process.pid()
                            + ") ran, with all that was in it");
                    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
                    while (process.isAlive() && System.nanoTime() < deadline) {
                        pause();
                    }
                });
    }

    /** Returns the last line that the server wrote behind this position. */
    private static Optional<String> lastLine(Path output, long from) {
        try {
            byte[] all = Files.readAllBytes(output);
            int start = (int) Math.min(from, all.length);
            String text = new String(all, start, all.length - start, java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text.substring(text.lastIndexOf('\n') + 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Failure.Code.CANCELLED, "interrupted");
        }
    }
}
