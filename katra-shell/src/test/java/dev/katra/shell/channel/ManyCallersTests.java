package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.channel.CommandRequest.SentEnvironment;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Version;
import dev.katra.shell.testing.ShortFolder;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers of the private socket who come in masses, and say nothing, or wait long. */
class ManyCallersTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private KatraHome home;
    private ChannelServer server;
    private final List<SocketChannel> open = new ArrayList<>();

    @BeforeEach
    void start() {
        home = new KatraHome(folder).create();
        server = new ChannelServer(home);
    }

    @AfterEach
    void stop() throws IOException {
        for (SocketChannel socket : open) {
            socket.close();
        }
        server.close();
    }

    @Test
    void silentCallersTakeNoThreadsAndMakeWayForOthers() throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            SocketChannel socket = connect();
            if (i % 2 == 1) {
                send(socket, "POST /run HTTP/1.1\r\nHost: ");
            }
        }

        assertThat(run("talk")).isEqualTo(new Outcome.Exit(42));
        await().atMost(PATIENCE).until(() -> threads() < 4); // some of the test before may be about to end
        String first = new String(Channels.newInputStream(open.get(0)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("before its time is over")
                .isLessThan(Duration.ofSeconds(15));
        assertThat(first).startsWith("HTTP/1.1 408 ").contains("X-Katra-Error: ", "X-Katra-End: 5");
    }

    @Test
    void hundredsOfCommandsMayWaitAtOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            command("linger");
        }
        await().atMost(PATIENCE).until(() -> server.commands().lingering.get() == 200);

        assertThat(run("talk")).isEqualTo(new Outcome.Exit(42));
    }

    @Test
    void oneCommandTooManyIsRefusedAtOnce() throws Exception {
        for (int i = 0; i < OwnerSocketHandler.MAX_RUNNING; i++) {
            command("linger");
        }
        await().atMost(PATIENCE).until(() -> server.commands().lingering.get() == OwnerSocketHandler.MAX_RUNNING);

        Failure failure = catchThrowableOfType(Failure.class, () -> run("talk"));

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text()).isEqualTo("the server runs 512 commands at once and no more; nothing was done");
        assertThat(new ServerChannel(home).get("/status", PATIENCE))
                .as("the server is there")
                .isPresent();
        open.remove(0).close();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> run("talk").equals(new Outcome.Exit(42)));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("katra-caller-"))
                .count();
    }

    private Outcome run(String command) {
        Caller caller = TestCaller.of(command).home(folder).caller();
        return new ServerChannel(home)
                .run(caller, CommandRequest.of(caller, new SentEnvironment(Map.of(), false), null));
    }

    private void command(String word) throws IOException {
        String body = String.join(
                "\0", Version.current(), ChannelSecret.of(home), "/", "000", "listed", "none", "1", word, "", "");
        send(
                connect(),
                "POST /run HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                        + "GET /more HTTP/1.1\r\n\r\n");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()));
        open.add(socket);
        return socket;
    }

    private static void send(SocketChannel socket, String text) throws IOException {
        socket.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
