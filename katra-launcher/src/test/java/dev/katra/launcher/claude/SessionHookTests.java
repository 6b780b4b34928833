package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script for real, with a server that answers as it is told. */
@Timeout(60)
class SessionHookTests {

    private static final String TOKEN = "token-that-nobody-may-read";
    private static final String EVENT =
            "{\"hook_event_name\":\"Stop\",\"last_assistant_message\":\"it's 5 % \\n \\u00e4\"}";

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "session-hook-test");
        thread.setDaemon(true);
        return thread;
    });

    @TempDir
    Path folder;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<ProcessHandle> started = new ArrayList<>();
    private HttpServer server;
    private ServerSocketChannel door;
    private Path script;

    private record Answer(int status, String body) {}

    @BeforeEach
    void write() throws IOException {
        Path session = Files.createDirectories(folder.resolve("sessions/1"));
        Files.createDirectory(folder.resolve("run"));
        script = Files.writeString(session.resolve("it's a hook"), ClaudeHooks.scriptText());
        serve();
    }

    @AfterEach
    void end() throws IOException {
        stop();
        for (ProcessHandle process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "bash"})
    void mailEndsTheWaitWithATextForTheModel(String shell) throws Exception {
        answers.add(new Answer(204, ""));
        answers.add(new Answer(200, "mail for you:\n\nsay \"hi\""));

        Process waiter = run(shell, "wait", ProcessHandle.current().pid());

        assertThat(waiter.waitFor()).isEqualTo(2);
        assertThat(text(waiter.errorReader())).isEqualTo("mail for you:\n\nsay \"hi\"\n");
        assertThat(text(waiter.inputReader())).isEmpty();
        assertThat(asked)
                .containsExactly("POST /wait Bearer " + TOKEN + " " + EVENT, "POST /wait Bearer " + TOKEN + " {}");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410})
    void aWaitThatIsOverEndsQuietly(int status) throws Exception {
        answers.add(new Answer(status, "over"));

        Process waiter = run("/bin/sh", "wait", ProcessHandle.current().pid());

        assertThat(waiter.waitFor()).isZero();
        assertThat(text(waiter.errorReader())).isEmpty();
    }

    @Test
    void outlivesAServerThatIsAwayOrFails() throws Exception {
        stop();
        Process waiter = run("/bin/sh", "wait", ProcessHandle.current().pid());
        assertThat(waiter.waitFor(1, TimeUnit.SECONDS)).isFalse();
        answers.add(new Answer(500, "a defect"));
        answers.add(new Answer(200, "{\"not\":\"for the model\"}"));
        answers.add(new Answer(200, "mail"));
        serve();

        assertThat(waiter.waitFor()).isEqualTo(2);
        assertThat(text(waiter.errorReader())).isEqualTo("mail\n");
        assertThat(asked.remove()).as("told once a server is there").endsWith(EVENT);
        assertThat(asked).as("and once only").hasSize(2).allMatch(each -> each.endsWith(" {}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void anEventThatTheServerDidNotTakeIsToldAgain(int status) throws Exception {
        answers.add(new Answer(status, "not now"));
        answers.add(new Answer(204, ""));
        answers.add(new Answer(410, "over"));

        Process waiter = run("/bin/sh", "wait", ProcessHandle.current().pid());

        assertThat(waiter.waitFor()).isZero();
        String told = "POST /wait Bearer " + TOKEN + " ";
        assertThat(asked).containsExactly(told + EVENT, told + EVENT, told + "{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void aStartThatTheServerDidNotTakeIsToldAgain(int status) throws Exception {
        answers.add(new Answer(status, "{\"error\":\"not now\"}"));
        answers.add(new Answer(200, "{\"hookSpecificOutput\":{}}"));

        Process start = run("/bin/sh", "start", ProcessHandle.current().pid());

        assertThat(text(start.inputReader())).isEqualTo("{\"hookSpecificOutput\":{}}\n");
        assertThat(start.waitFor()).isZero();
        assertThat(asked).hasSize(2).allMatch(each -> each.endsWith(EVENT));
    }

    @Test
    void endsWhenItsClientIsGone() throws Exception {
        Process client = new ProcessBuilder("sleep", "600").start();
        started.add(client.toHandle());
        stop();
        Process waiter = run("/bin/sh", "wait", client.pid());
        assertThat(waiter.waitFor(1, TimeUnit.SECONDS)).isFalse();

        client.destroyForcibly().waitFor();

        assertThat(waiter.waitFor()).isZero();
        assertThat(text(waiter.errorReader())).isEmpty();
    }

    @Test
    void noCommandLineHoldsTheToken() throws Exception {
        Process waiter = run("/bin/sh", "wait", ProcessHandle.current().pid());
        assertThat(asked.take()).contains(TOKEN);

        Process ps = new ProcessBuilder("ps", "-A", "-o", "args=").start();
        String all = text(ps.inputReader());

        assertThat(all).contains("curl -q").doesNotContain(TOKEN);
        answers.add(new Answer(410, ""));
        assertThat(waiter.waitFor()).isZero();
    }

    @Test
    void aStartPrintsTheServersAnswer() throws Exception {
        answers.add(new Answer(200, "{\"hookSpecificOutput\":{}}"));

        Process start = run("/bin/sh", "start", ProcessHandle.current().pid());

        assertThat(text(start.inputReader())).isEqualTo("{\"hookSpecificOutput\":{}}\n");
        assertThat(text(start.errorReader())).isEmpty();
        assertThat(start.waitFor()).isZero();
        assertThat(asked).containsExactly("POST /start Bearer " + TOKEN + " " + EVENT);
    }

    @Test
    void aStartThatTheServerCannotAnswerIsSilent() throws Exception {
        answers.add(new Answer(401, "{\"error\":\"no\"}"));
        Process refused = run("/bin/sh", "start", ProcessHandle.current().pid());
        assertThat(refused.waitFor()).isZero();
        stop();
        Process alone = run("/bin/sh", "start", ProcessHandle.current().pid());
        assertThat(alone.waitFor()).isZero();

        for (Process start : List.of(refused, alone)) {
            assertThat(text(start.inputReader())).isEmpty();
            assertThat(text(start.errorReader())).isEmpty();
        }
    }

    private Process run(String shell, String action, long client) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell, script.toString(), action, "/" + action);
        builder.environment().put("KATRA_SESSION_TOKEN", TOKEN);
        builder.environment().put("CLAUDE_PID", String.valueOf(client));
        builder.environment().remove("NO_PROXY");
        builder.environment().remove("no_proxy");
        builder.environment().put("http_proxy", "http://127.0.0.1:1");
        Process process = builder.start();
        started.add(process.toHandle());
        try (var in = process.getOutputStream()) {
            in.write(EVENT.getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    private void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(THREADS);
        server.createContext("/", this::answer);
        server.start();
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        door.bind(UnixDomainSocketAddress.of(folder.resolve("run/hooks.sock")));
        ServerSocketChannel open = door;
        InetSocketAddress address = server.getAddress();
        THREADS.execute(() -> relay(open, address));
    }

    /** The JDK's server knows no Unix sockets: what comes there is handed to it. */
    private static void relay(ServerSocketChannel door, InetSocketAddress server) {
        try {
            while (true) {
                SocketChannel caller = door.accept();
                SocketChannel inside = SocketChannel.open(server);
                THREADS.execute(() -> copy(caller, inside));
                THREADS.execute(() -> copy(inside, caller));
            }
        } catch (IOException e) {
            // the door is closed
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                to.write(buffer);
                buffer.compact();
            }
        } catch (IOException e) {
            // one of them has left
        }
    }

    private void stop() throws IOException {
        door.close();
        Files.deleteIfExists(folder.resolve("run/hooks.sock"));
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            Answer answer = answers.take();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.body().startsWith("{") ? "application/json" : "text/plain;charset=UTF-8");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(java.io.BufferedReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            text.append((char) c);
        }
        return text.toString();
    }
}
