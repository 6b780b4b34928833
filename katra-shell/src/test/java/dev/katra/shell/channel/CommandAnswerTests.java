package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.testing.ShortFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of a command's output, byte by byte. */
@Timeout(60)
class CommandAnswerTests {

    private static final String REQUEST = "GET /more HTTP/1.1\r\n\r\n";
    private static final String TAKEN = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private SocketChannel caller;
    private PrivateConnection connection;
    private CommandAnswer answer;
    private PrintWriter out;
    private PrintWriter err;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(
                KatraHome.privateFolder(folder.resolve("run")).resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            caller = SocketChannel.open(address);
            connection = new PrivateConnection(server.accept(), ByteBuffer.allocate(0));
        }
        answer = new CommandAnswer(connection);
        out = answer.out();
        err = answer.err();
        ask();
        assertThat(answer.accept()).isTrue();
        assertThat(sent()).isEqualTo(TAKEN + HEAD);
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        connection.close();
    }

    @Test
    void standardOutputIsSentAtEveryFlush() throws IOException {
        out.print("one ");
        out.print("two");
        assertThat(sent()).isEmpty();
        out.flush();
        assertThat(sent()).isEqualTo("7\r\none two\r\n");

        out.flush();
        assertThat(sent())
                .as("nothing, where an empty chunk would end the answer")
                .isEmpty();

        out.print("a\nü🦊");
        out.flush();
        assertThat(sent()).isEqualTo("8\r\na\nü🦊\r\n");
    }

    @Test
    void standardErrorEndsAnAnswer() throws IOException {
        err.print("a\nü");
        err.flush();
        assertThat(sent()).isEqualTo("0\r\nX-Katra-Error: a\\0012\\0303\\0274\r\n\r\n");

        ask();
        out.print("more");
        out.flush();
        assertThat(sent()).isEqualTo(HEAD + "4\r\nmore\r\n");
    }

    @Test
    void theLastTrailerIsTheExitCode() throws IOException {
        ask();
        answer.end(new Outcome.Exit(42));
        assertThat(sent())
                .startsWith("0\r\nX-Katra-End: 42\r\n\r\n")
                .as("who asks for more")
                .contains("HTTP/1.1 410 Gone");
    }

    @Test
    void theLastTrailersAreTheProgramToBecome() throws IOException {
        ask();
        answer.end(new Outcome.Exec(List.of("", "a b")));
        assertThat(sent())
                .startsWith(String.join(
                        "\r\n",
                        "0",
                        "X-Katra-Word: ",
                        "X-Katra-Word: ",
                        "X-Katra-Part: a\\0040b",
                        "X-Katra-End: exec",
                        "",
                        ""));
    }

    @Test
    void nobodyIsGoneUntilTheCallerHangsUp() throws IOException {
        assertThat(connection.isDisconnected()).isFalse();

        caller.close();

        await().until(connection::isDisconnected);
    }

    @Test
    void aCallerThatHasLeftIsNotWrittenToAgain() throws IOException {
        err.print("x");
        err.flush();
        caller.shutdownOutput();
        out.print("y");
        out.flush();
        answer.end(Outcome.OK);

        assertThat(out.checkError()).isFalse();
        assertThat(sent()).isEqualTo("0\r\nX-Katra-Error: x\r\n\r\n");
    }

    @Test
    void everyByteComesBackFromItsTrailers() throws IOException {
        byte[] all = new byte[3_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (String line : CommandAnswer.headerLines("X", all).lines().toList()) {
            assertThat(line).startsWith("X: ").hasSizeLessThan(4_096);
            decoded.writeBytes(CommandAnswer.decode(line.substring(3)));
        }
        assertThat(decoded.toByteArray()).isEqualTo(all);
    }

    private void ask() throws IOException {
        caller.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What has been sent since the last time. */
    private String sent() throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(4_096);
        caller.configureBlocking(false);
        caller.read(sent);
        caller.configureBlocking(true);
        return new String(sent.array(), 0, sent.position(), StandardCharsets.UTF_8);
    }
}
