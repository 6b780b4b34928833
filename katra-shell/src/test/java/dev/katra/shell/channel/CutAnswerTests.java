package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.channel.CommandRequest.SentEnvironment;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.server.ServerStarter;
import dev.katra.shell.testing.ShortFolder;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that dies while it answers. What it had said so far is shown, and the command never counts as done. */
class CutAnswerTests {

    private static final String TAKEN = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String HEAD = TAKEN + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private KatraHome home;

    @BeforeEach
    void create() {
        home = new KatraHome(folder).create();
        KatraHome.privateFolder(home.run());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TAKEN,
                TAKEN + "HTTP/1.1 200 OK\r\n",
                TAKEN + "HTTP/1.1 410 Gone\r\n\r\n",
                HEAD,
                HEAD + "7\r\npartial\r\n",
                HEAD + "8\r\npartial",
                HEAD + "7\r\npartial\r\n0\r\n",
                HEAD + "7\r\npartial\r\n0\r\n\r\n",
                HEAD + "7\r\npartial\r\n0\r\nX-Katra-End: 0",
                HEAD + "7\r\npartial\r\n0\r\nX-Katra-End: 0\r\n",
                HEAD + "7\r\npartial\r\n0\r\nX-Katra-End: none\r\n\r\n",
                HEAD + "7\r\npartial\r\n0\r\nX-Katra-Error: \\01\r\n\r\n",
                HEAD + "7\r\npartial\r\n0\r\nX-Katra-Part: x\r\nX-Katra-End: exec\r\n\r\n",
                HEAD + "7\r\npartial\r\n-1\r\n",
                HEAD + "7\r\npartial\r\nlength\r\n"
            })
    void aCutAnswerIsAFailure(String answer) throws IOException {
        TestCaller caller = TestCaller.of("say");

        Failure failure = catchThrowableOfType(Failure.class, () -> answered(answer, caller));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text()).startsWith("the connection to the server was lost");
        assertThat(failure.hint())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("the command may have been carried out"));
        assertThat(caller.out()).isEqualTo(answer.contains("partial") ? "partial" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1\r\n\r\n"})
    void aServerThatEndsBeforeItTakesTheCommandHasDoneNothing(String answer) {
        Failure failure = catchThrowableOfType(Failure.class, () -> answered(answer, TestCaller.of("say")));

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text()).isEqualTo("the server ended before it took the command, and nothing was done");
    }

    @Test
    void aWholeAnswerIsNone() throws IOException {
        assertThat(answered(HEAD + "0\r\nX-Katra-End: 0\r\n\r\n", TestCaller.of("say")))
                .isEqualTo(Outcome.OK);
    }

    @Test
    void anotherStatusIsAFailure() throws IOException {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> answered("HTTP/1.1 500 \r\n\r\n", TestCaller.of("say")));

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text()).isEqualTo("the server answered with status 500");
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        Failure failure = catchThrowableOfType(Failure.class, () -> run(TestCaller.of("say")));

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(new ServerChannel(home).get("/status", Duration.ofSeconds(5)))
                .isEmpty();
    }

    @Test
    void whoListensAndDoesNotAnswerIsSilent() throws IOException {
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.bind(UnixDomainSocketAddress.of(home.socket()), 1);
            ServerChannel channel = new ServerChannel(home);
            for (int asked = 0; asked < 5; asked++) { // also where there is no room to connect
                assertThatThrownBy(() -> channel.get("/status", Duration.ofMillis(100)))
                        .isInstanceOf(ServerChannel.NoAnswerException.class)
                        .hasMessageEndingWith("does not answer, and has taken nothing");
            }
        }
    }

    /** A person whose server is busy is told that, and not that it hangs and should be ended. */
    @Test
    void aRefusedQuestionIsToldAsTheServerRefusesIt() throws Exception {
        for (Refusal refusal : Refusal.values()) {
            String answer = "HTTP/1.1 " + refusal.status() + " refused\r\n\r\n";
            Failure failure = catchThrowableOfType(
                    Failure.class, () -> answered(answer, "\r\n\r\n", () -> new ServerStarter().running(home)));

            assertThat(failure.text()).as(answer).isEqualTo(refusal.failure().text());
            assertThat(failure.hint()).as(answer).isEqualTo(refusal.failure().hint());
        }
    }

    private Outcome answered(String answer, TestCaller caller) throws IOException {
        return answered(answer, "say\0\0", () -> run(caller));
    }

    private <T> T answered(String answer, String end, Supplier<T> asking) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Files.deleteIfExists(home.socket());
            server.bind(UnixDomainSocketAddress.of(home.socket()));
            Thread answering = new Thread(() -> {
                try (SocketChannel socket = server.accept()) {
                    awaitRequest(socket, end);
                    socket.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            answering.setDaemon(true);
            answering.start();
            return asking.get();
        }
    }

    private static void awaitRequest(SocketChannel socket, String end) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(64 * 1024);
        while (!new String(request.array(), 0, request.position(), StandardCharsets.UTF_8).endsWith(end)) {
            if (socket.read(request) < 0) {
                throw new IOException("the request has no end");
            }
        }
    }

    private Outcome run(TestCaller test) {
        Caller caller = test.home(folder).caller();
        return new ServerChannel(home)
                .run(caller, CommandRequest.of(caller, new SentEnvironment(Map.of(), false), null));
    }
}
