package dev.katra.shell;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.server.ServerFile;
import dev.katra.shell.server.ServerStarter;
import dev.katra.shell.server.Tether;
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
 * What commands and a server usually do, in a home of their own, for a JVM that records which classes that takes, so
 * that later ones find them at hand.
 */
final class Training {

    /** The word that makes the program do it. */
    static final String PROCESS_NAME = "katra_training";

    /** The server records until it ends, and then writes what it has. */
    private static final long WRITING_SECONDS = 120;

    private static final List<String> WITHOUT_SERVER = List.of(
            "version", "help", "help say", "providers", "env", "doctor", "nothing", "say --nothing", "server status");
    private static final List<String> WITH_SERVER = List.of(
            "list",
            "who",
            "say hello",
            "hear",
            "history --json",
            "remember --about training the first of all memories",
            "recall memories",
            "usage",
            "attach Nobody",
            "server status --json");
    private static final String MCP = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private Training() {}

    /**
     * Does it.
     *
     * @param run runs the words of a command
     */
    static void run(KatraHome home, Consumer<List<String>> run) throws IOException, InterruptedException {
        Tether.toFolder(home.create().root());
        System.setProperty(
                ServerStarter.TETHER, String.valueOf(ProcessHandle.current().pid()));
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
