package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.channel.CommandRequest.SentEnvironment;
import dev.katra.shell.client.ServerCommandRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Version;
import dev.katra.shell.server.ServerStarter;
import dev.katra.shell.testing.ShortFolder;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the private channel over a real Unix socket. */
class ServerChannelTests {

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private KatraHome home;
    private ChannelServer server;

    @BeforeEach
    void start() {
        home = new KatraHome(folder).create();
        server = new ChannelServer(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void relaysBothOutputsInTheirOrderAndTheExitCode() {
        TestCaller caller = caller("talk");

        assertThat(run(caller)).isEqualTo(new Outcome.Exit(42));
        assertThat(caller.out().lines()).hasSize(50).first().isEqualTo("out 0");
        assertThat(caller.out()).endsWith("out 48\nout 49\n");
        assertThat(caller.err()).endsWith("err 48\nerr 49\n");
    }

    @Test
    void relaysOutputWhileTheCommandStillRuns() throws Exception {
        TestCaller caller = caller("pause");

        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> run(caller));
        await().until(() -> caller.out().equals("first\n"));
        assertThat(outcome).isNotDone();
        server.commands().mayGoOn.countDown();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.OK);
        assertThat(caller.out()).isEqualTo("first\nsecond\n");
    }

    @Test
    void aCommandGoesOnWhileTheRemovedSocketIsMadeAnew() throws Exception {
        TestCaller caller = caller("pause");
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> run(caller));
        await().until(() -> caller.out().equals("first\n"));

        Files.delete(home.socket());
        server.listenAnew();
        TestCaller another = caller("talk");
        assertThat(run(another)).isEqualTo(new Outcome.Exit(42));
        server.commands().mayGoOn.countDown();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.OK);
        assertThat(caller.out()).isEqualTo("first\nsecond\n");
    }

    @Test
    void relaysTheProgramToBecome() {
        assertThat(run(caller("become"))).isEqualTo(new Outcome.Exec(List.of("tmux", "", "a  b", "it's", "ü🦊")));
    }

    @Test
    void carriesWordsAndTextExactly() {
        TestCaller caller = caller("words", "", "two  words", "quote\"s", "$(x)", "ü🦊", "a\nb");
        run(caller);
        assertThat(caller.out()).isEqualTo("[]\n[two  words]\n[quote\"s]\n[$(x)]\n[ü🦊]\n[a\nb]\n");

        TestCaller much = caller("much");
        run(much);
        assertThat(much.out()).isEqualTo("ü🦊".repeat(200_000) + "\n");
    }

    @Test
    void carriesBothOutputsExactly() {
        TestCaller caller = caller("bytes");
        assertThat(run(caller)).isEqualTo(new Outcome.Exit(7));
        assertThat(caller.out()).isEqualTo(ChannelCommands.HARD);
        assertThat(caller.err()).isEqualTo(ChannelCommands.HARD);

        TestCaller complaint = caller("complain");
        run(complaint);
        assertThat(complaint.err()).isEqualTo("ü🦊".repeat(5_000) + "\n");
    }

    @Test
    void aWordWithANulIsRefused() {
        assertThatThrownBy(() -> run(caller("words", "a\0none")))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.text())
                        .isEqualTo("the command has a NUL character"));
    }

    @Test
    void aServerOfAnotherVersionTakesNothing() {
        Caller caller = caller("once").caller();
        CommandRequest mine = CommandRequest.of(caller, new SentEnvironment(Map.of(), false), null);
        CommandRequest other = new CommandRequest(
                "0.0.1", mine.secret(), mine.folder(), mine.terminal(), mine.words(), mine.environment(), null);

        assertThatThrownBy(() -> new ServerChannel(home).run(caller, other))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.text())
                        .isEqualTo("a server of another version has this home by now; nothing was done"));
        assertThat(server.commands().runs).hasValue(0);
    }

    @Test
    void carriesAVariableOfAnyNameAndValue() {
        TestCaller caller = caller("all-facts").variable("=x", "=y").variable("no-name", "a\n\"$b\"\\");

        commands(caller, true, true);

        assertThat(caller.out()).contains("{=x==y, ", "no-name=a\n\"$b\"\\}");
    }

    @Test
    void aFailureInTheServerIsTheCallersFailure() {
        TestCaller caller = caller("word");

        assertThat(run(caller)).isEqualTo(new Outcome.Exit(2));
        assertThat(caller.err()).startsWith("katra: there is no command \"word\"\n\nhint: did you mean katra words?");
    }

    @Test
    void aCommandGetsOnlyThePartOfTheEnvironmentThatItNeeds() {
        TestCaller caller = everything("facts");

        commands(caller, false, false);

        assertThat(caller.out())
                .contains("environment {KATRA_AS=me, KATRA_HOME=" + folder + ", TERM=xterm}")
                .contains("folder /some/where")
                .contains("terminal 010")
                .endsWith("input \n");
    }

    @Test
    void aCommandThatNeedsItGetsTheWholeEnvironmentAndTheInput() {
        TestCaller caller = everything("all-facts");

        commands(caller, true, true);

        assertThat(caller.out()).contains("DEEPSEEK_API_KEY=sk-1").endsWith("input a\nb  ü\n");
    }

    @Test
    void aTerminalIsNotReadToItsEnd() {
        TestCaller caller = everything("all-facts").terminal();

        commands(caller, true, true);

        assertThat(caller.out()).endsWith("input \n");
    }

    @Test
    void theServerNoticesThatTheCallerIsGone() throws Exception {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            InputStream answer = post(Channels.newOutputStream(socket), Channels.newInputStream(socket), "linger");
            socket.write(ByteBuffer.wrap("GET /more HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            String read = "";
            while (!read.contains("here")) {
                read += (char) answer.read();
            }
        }

        assertThat(server.commands().noticed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCommandWhoseCallerGaveUpWaitingIsNotRun() throws Exception {
        for (boolean whole : List.of(true, false)) {
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
                InputStream answer = post(Channels.newOutputStream(socket), Channels.newInputStream(socket), "once");
                if (whole) {
                    assertThat(firstLine(answer)).contains(" 200 ");
                }
            }
        }
        TestCaller next = caller("words", "next");
        run(next);

        assertThat(next.out()).isEqualTo("[next]\n");
        await().during(Duration.ofMillis(200))
                .until(() -> server.commands().runs.get() == 0);
    }

    @Test
    void withoutTheSecretThereIsNothing() throws Exception {
        assertThat(status("")).isEqualTo(404);
        assertThat(status("0".repeat(64))).isEqualTo(404);
        assertThat(status(ChannelSecret.of(home))).isEqualTo(200);
    }

    @Test
    void asksForOtherPathsToo() throws Exception {
        assertThat(new ServerChannel(home).get("/status", Duration.ofSeconds(5)))
                .hasValueSatisfying(answer -> assertThat(answer).contains("\"version\""));
        assertThat(new ServerChannel(home).get("/nothing", Duration.ofSeconds(5)))
                .isEmpty();
    }

    private TestCaller caller(String... words) {
        return TestCaller.of(words).home(folder);
    }

    private TestCaller everything(String command) {
        return caller(command)
                .variable("TERM", "xterm")
                .variable("KATRA_AS", "me")
                .variable("DEEPSEEK_API_KEY", "sk-1")
                .variable("SECRET", "x")
                .folder(Path.of("/some/where"))
                .terminal("010")
                .input("a\nb  ü");
    }

    private static void commands(TestCaller caller, boolean wholeEnvironment, boolean readsInput) {
        new ServerCommandRunner(new ServerStarter()).run(caller.caller(), Needs.of(wholeEnvironment, readsInput));
    }

    private static Outcome run(TestCaller test) {
        Caller caller = test.caller();
        return new ServerChannel(caller.home())
                .run(caller, CommandRequest.of(caller, new SentEnvironment(Map.of(), false), null));
    }

    private int status(String secret) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            InputStream answer =
                    post(Channels.newOutputStream(socket), Channels.newInputStream(socket), "talk", secret);
            return Integer.parseInt(firstLine(answer).split(" ", 3)[1]);
        }
    }

    private InputStream post(OutputStream out, InputStream in, String command) throws IOException {
        return post(out, in, command, ChannelSecret.of(home));
    }

    private static InputStream post(OutputStream out, InputStream in, String command, String secret)
            throws IOException {
        String body = String.join("\0", Version.current(), secret, "/", "000", "listed", "none", "1", command, "", "");
        out.write(("POST /run HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return in;
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
