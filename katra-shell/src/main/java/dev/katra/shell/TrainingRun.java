package dev.katra.shell;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.server.ParentWatch;
import dev.katra.shell.server.ServerFile;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A training run does what commands and a server are usually asked to do, in a home of its own, for a JVM that records
 * the classes this loads, so that later starts find them in a cache.
 */
final class TrainingRun {

    /** The first argument that makes the program do a training run. */
    static final String PROCESS_NAME = "katra_training";

    /** The file beside the home that whoever began the run has made, and that nothing here would make again. */
    private static final String OWNERS_NOTE = "pid";

    /** The maximum time in seconds that the server may take to end: it writes its record then. */
    private static final long WRITING_SECONDS = 120;

    private static final List<String> WITHOUT_SERVER = List.of(
            "version", "help", "help say", "providers", "env", "doctor", "nothing", "say --nothing", "server status");
    private static final List<String> WITH_SERVER = List.of(
            "list",
            "who",
            "say hello",
            "hear",
            "history --json",
            "remember --tag training the first of all memories",
            "recall memories",
            "usage",
            "attach Nobody",
            "server status --json");
    private static final String MCP = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private TrainingRun() {}

    /**
     * Does the training run.
     *
     * @param run runs the words of a command
     */
    static void run(KatraHome home, Consumer<List<String>> run) throws IOException, InterruptedException {
        ParentWatch.endWithFile(home.create().root().resolveSibling(OWNERS_NOTE));
        System.setProperty(
                ServerStarter.PARENT_PROPERTY,
                String.valueOf(ProcessHandle.current().pid()));
        WITHOUT_SERVER.forEach(line -> run.accept(List.of(line.split(" "))));
        run.accept(List.of("server", "start"));
        ServerFile server = new ServerStarter()
                .running(home)
                .orElseThrow(() -> new IOException("there is no server to learn from"));
        try {
            WITH_SERVER.forEach(line -> run.accept(List.of(line.split(" "))));
            ask(server.port(), "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            ask(
                    server.port(),
                    "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n"
                            + "Content-Length: " + MCP.length() + "\r\n\r\n" + MCP);
        } finally {
            Optional<ProcessHandle> process = ProcessHandle.of(server.pid());
            if (process.isPresent()) {
                end(process.get());
            }
        }
    }

    private static void ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            answer.readAllBytes();
        }
    }

    private static void end(ProcessHandle server) throws IOException, InterruptedException {
        server.destroy();
        try {
            server.onExit().get(WRITING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            server.destroyForcibly();
            throw new IOException("the server did not write all of it", e);
        }
    }
}
