package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.Screen;
import dev.katra.shell.testing.ShortFolder;
import java.io.OutputStream;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry point and the server's end of the channel, with test commands. What goes past the server tells so. */
@Timeout(120)
class ScriptChannelIT {

    private static final String LONG = "ü/".repeat(1_000);
    private static final String JVM = "by a JVM\n";

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;
    private ChannelServer server;

    @BeforeEach
    void start() throws Exception {
        katra = new Program(folder);
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '" + JVM + "'\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        katra.environment().put("KATRA_JAVA_HOME", folder.resolve("jdk").toString());
        katra.environment().put("KATRA_CACHE", "off"); // it is no JDK, and must not make one for all tests
        serve(katra.home());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void serve(Path home) {
        server = new ChannelServer(new KatraHome(home).create());
    }

    @Test
    void relaysBothOutputsAndTheExitCode() throws Exception {
        Result result = katra.run("talk");

        assertThat(result.exit()).isEqualTo(42);
        assertThat(result.out().lines()).hasSize(50).first().isEqualTo("out 0");
        assertThat(result.err().lines()).hasSize(50).last().isEqualTo("err 49");
    }

    @Test
    void keepsTheOrderOfBothOutputsOnOneFile() throws Exception {
        Process process = katra.start(new ProcessBuilder(Program.katra().toString(), "talk").redirectErrorStream(true));
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("out"))
                .toList();
        assertThat(lines).hasSize(50);
        assertThat(lines.get(49)).isEqualTo("out 49");
    }

    @Test
    void relaysEveryByte() throws Exception {
        assertThat(katra.run("bytes")).isEqualTo(new Result(7, ChannelCommands.HARD, ChannelCommands.HARD));
        assertThat(katra.run("much")).isEqualTo(new Result(0, "ü🦊".repeat(200_000) + "\n", ""));
        assertThat(katra.run("complain")).isEqualTo(new Result(0, "", "ü🦊".repeat(5_000) + "\n"));
    }

    @Test
    void relaysOutputWhileTheCommandStillRuns() throws Exception {
        Process process = katra.start(new ProcessBuilder(Program.katra().toString(), "pause"));
        var out = process.inputReader(StandardCharsets.UTF_8);

        assertThat(out.readLine()).isEqualTo("first");
        assertThat(process.isAlive()).isTrue();
        server.commands().mayGoOn.countDown();

        assertThat(out.readLine()).isEqualTo("second");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void carriesWordsExactly() throws Exception {
        List<String> words = List.of(
                "", "two  words", "quote\"s", "it's", "$(x)", "`x`", "a\nb\n", "\\n \\0101", "*", "%s", "Grüße 🦊", "");
        List<String> command = new ArrayList<>(List.of("words", "--"));
        command.addAll(words);
        StringBuilder expected = new StringBuilder();
        words.forEach(word -> expected.append("[").append(word).append("]\n"));

        assertThat(katra.out(command.toArray(String[]::new))).isEqualTo(expected.toString());
        String long100kB = "x".repeat(100_000);
        assertThat(katra.out("words", long100kB)).isEqualTo("[" + long100kB + "]\n");
    }

    @Test
    void sendsNoMoreThanTheCommandNeeds() throws Exception {
        katra.environment().put("KATRA_AS", "me \"$x\" \n\t ü");
        katra.environment().put("OPENAI_API_KEY", "sk-1");
        katra.environment().put("SECRET", "x");
        katra.environment().remove("TERM");

        Result facts = katra.end(input("facts", "not read"));

        assertThat(facts.out())
                .contains("KATRA_AS=me \"$x\" \n\t ü,", "KATRA_HOME=" + katra.home(), "HOME=" + folder)
                .doesNotContain("sk-1", "SECRET", "TERM=", "SHLVL")
                .contains("folder " + folder.toRealPath() + "\n", "terminal 000\n")
                .endsWith("input \n");
    }

    @Test
    void sendsTheWholeEnvironmentAndTheInputWhereTheCommandNeedsThem() throws Exception {
        katra.environment().put("OPENAI_API_KEY", "sk-1\nsecond");
        katra.environment().put("no-name", "of a shell");

        Result facts = katra.end(input("all-facts", "a\nb  ü\n\n"));

        assertThat(facts.out())
                .contains("OPENAI_API_KEY=sk-1\nsecond,", "no-name=of a shell")
                .endsWith("input a\nb  ü\n\n\n");
    }

    @Test
    void leavesTheInputAloneOtherwise() throws Exception {
        Process process = katra.start(new ProcessBuilder(
                "bash",
                "-c",
                "while read -r line; do \"$0\" words $line; done",
                Program.katra().toString()));
        try (OutputStream in = process.getOutputStream()) {
            in.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("[one]\n[two]\n");
    }

    @Test
    void becomesTheProgramThatItIsToBecome() throws Exception {
        Process process = katra.start(new ProcessBuilder(
                Program.katra().toString(), "print-program", "--", "", "a  b", "it's", "-x", "\\0101\n", "ü🦊", LONG));
        long pid = process.pid();
        try (OutputStream in = process.getOutputStream()) {
            await().until(() -> ProcessHandle.of(pid)
                            .flatMap(handle -> handle.info().command())
                            .orElse("")
                            .matches(".*/(sh|dash|bash)")
                    && ProcessHandle.of(pid).orElseThrow().children().count() == 1);
            in.write("its input".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("[][a  b][it's][-x][\\0101\n][ü🦊][" + LONG + "]its input");
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @Test
    void aCommandForTheCallersProcessIsLeftToAJvm() throws Exception {
        assertThat(katra.out("at-home")).isEqualTo(JVM);
        assertThat(katra.out("launch")).isEqualTo(JVM);
        katra.environment().put("KATRA_CLAUDE", "here");
        assertThat(katra.out("launch")).isEqualTo("launched\n");
    }

    @Test
    void aMistakeIsToldByTheServer() throws Exception {
        Result result = katra.run("word");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("katra: there is no command \"word\"\n\nhint: did you mean katra words?");
    }

    @Test
    void controlCEndsTheCommandInTheServer() throws Exception {
        Screen screen = new Screen(katra, folder);
        try {
            screen.line("katra linger");
            screen.waitFor("here");
            screen.key("C-c");

            assertThat(server.commands().noticed.await(10, TimeUnit.SECONDS)).isTrue();
            screen.waitForEnd("shell$");
            screen.line("echo code=$?");
            screen.waitFor("code=130");
        } finally {
            screen.close();
        }
    }

    @Test
    void anEndedEntryPointEndsTheCommandInTheServer() throws Exception {
        Process process = katra.start("linger");
        await().until(() -> server.commands().lingering.get() == 1);

        process.destroy(); // SIGTERM

        assertThat(server.commands().noticed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void anOutputThatNobodyReadsEndsTheCommand() throws Exception {
        Process process = katra.start(new ProcessBuilder(
                "bash",
                "-c",
                "\"$0\" drone | head -n 1; echo ${PIPESTATUS[0]}",
                Program.katra().toString()));

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("drone\n141\n");
        assertThat(server.commands().noticed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aServerThatEndsAmidACommandIsAFailureAndNothingRunsTwice() throws Exception {
        Process process = katra.start("once");
        await().until(() -> server.commands().runs.get() == 1);

        server.close();

        Result result = katra.end(process);
        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.out()).startsWith("first\n").doesNotContain(JVM);
        assertThat(result.err())
                .isEqualTo("katra: the connection to the server was lost\n\nhint: the command may have been carried"
                        + " out; see: katra server status\n");
        assertThat(server.commands().runs).hasValue(1);
    }

    @Test
    void whatAServerHasNotTakenIsLeftToAJvm() throws Exception {
        server.close();
        Files.delete(new KatraHome(katra.home()).socket());
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.bind(UnixDomainSocketAddress.of(new KatraHome(katra.home()).socket()));
            Process hangsUp = katra.start("once");
            try (SocketChannel caller = deaf.accept()) {
                assertThat(caller.read(ByteBuffer.allocate(100_000))).isPositive();
            }
            assertThat(katra.end(hangsUp)).isEqualTo(new Result(0, JVM, ""));

            Process hangs = katra.start("once");
            try (SocketChannel caller = deaf.accept()) {
                assertThat(katra.end(hangs)).isEqualTo(new Result(0, JVM, ""));
                assertThat(caller.isOpen()).isTrue();
            }
        }
    }

    @Test
    void theSocketOfAKilledServerIsNoObstacle() throws Exception {
        server.close();
        assertThat(new KatraHome(katra.home()).socket()).exists();

        assertThat(katra.run("once")).isEqualTo(new Result(0, JVM, ""));
        assertThat(server.commands().runs).hasValue(0);

        serve(katra.home());
        assertThat(katra.out("words", "again")).isEqualTo("[again]\n");
    }

    @Test
    void inputThatIsReadIsNotLostOnAJvm() throws Exception {
        server.close();
        KatraHome home = new KatraHome(katra.home());
        Files.delete(home.socket());
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(home.socket()));
            Process process = input("all-facts", "the only copy");
            try (SocketChannel caller = dying.accept()) {
                Files.delete(home.socket());
                assertThat(caller.read(ByteBuffer.allocate(100_000))).isPositive();
                String refusal = "HTTP/1.1 428 Wanted\r\nX-Katra-Wants: input\r\nContent-Length: 0\r\n\r\n";
                caller.write(ByteBuffer.wrap(refusal.getBytes(StandardCharsets.US_ASCII)));
            }

            Result result = katra.end(process);
            assertThat(result.exit()).isEqualTo(5);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("nothing was done");
        }
    }

    @Test
    void moreInputThanTheServerWantsIsRefused() throws Exception {
        Result result = katra.end(input("all-facts", "x".repeat(60_000_000)));

        assertThat(result)
                .isEqualTo(
                        new Result(2, "", "katra: the input is larger than 32 MiB\n\nhint: hand it over in parts\n"));
        assertThat(katra.out("words", "next")).isEqualTo("[next]\n");
    }

    @Test
    void anEnvThatKnowsNoZeroBytesLeavesItToAJvm() throws Exception {
        Path env = Files.createDirectory(folder.resolve("old")).resolve("env");
        Files.writeString(env, "#!/bin/sh\nexit 1\n");
        assertThat(env.toFile().setExecutable(true)).isTrue();
        katra.environment().put("PATH", env.getParent() + ":" + System.getenv("PATH"));
        Process process = katra.start(new ProcessBuilder("bash", Program.katra().toString(), "all-facts"));
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(JVM);
    }

    @Test
    void anotherSecretIsRefusedBeforeAnythingHappens() throws Exception {
        KatraHome other = new KatraHome(Files.createDirectory(folder.resolve("other")));
        Files.createSymbolicLink(other.run(), new KatraHome(katra.home()).run());
        Files.writeString(other.secret(), "0".repeat(64));
        katra.environment().put("KATRA_HOME", other.root().toString());

        assertThat(katra.run("once")).isEqualTo(new Result(0, JVM, ""));
        assertThat(server.commands().runs).hasValue(0);
    }

    @Test
    void anotherVersionIsRefusedBeforeAnythingHappens() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("lib"));
        Files.copy(Program.katra(), other.resolve("katra"));
        Files.writeString(other.resolve("lib/katra-shell-0.0.1.jar"), "");
        Process process = katra.start(new ProcessBuilder(other.resolve("katra").toString(), "once"));

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(JVM);
        assertThat(server.commands().runs).hasValue(0);
    }

    @Test
    void withoutCurlAJvmServes() throws Exception {
        Path few = Files.createDirectory(folder.resolve("few"));
        for (String tool : List.of("bash", "dirname", "readlink", "sed", "mktemp", "rm", "sh")) {
            Files.createSymbolicLink(few.resolve(tool), Path.of("/usr/bin", tool));
        }
        katra.environment().put("PATH", few.toString());

        assertThat(katra.run("once")).isEqualTo(new Result(0, JVM, ""));
        assertThat(server.commands().runs).hasValue(0);
    }

    @Test
    void whoWantsAJvmGetsOne() throws Exception {
        katra.environment().put("KATRA_JVM", "1");
        assertThat(katra.out("words")).isEqualTo(JVM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Übung mit  Blank",
                "a-path-that-is-far-too-long-for-the-address-of-a-socket-which-ends-at"
                        + "-a-hundred-bytes-or-so-and-this-one-does-not"
            })
    void theHomeMayHaveAnyPath(String name) throws Exception {
        server.close();
        Path home = folder.resolve(name);
        serve(home);
        katra.environment().put("KATRA_HOME", home.toString());
        assertThat(katra.out("words", "a")).isEqualTo("[a]\n");
        katra.environment().put("KATRA_HOME", name);
        assertThat(katra.out("words", "b")).isEqualTo("[b]\n");
        assertThat(katra.out("facts")).contains("KATRA_HOME=" + home + ",");
    }

    @Test
    void aConfigurationOfCurlAndProxiesChangeNothing() throws Exception {
        Files.writeString(folder.resolve(".curlrc"), "head\ninclude\nproxy = http://127.0.0.1:9\n");
        katra.environment().put("http_proxy", "http://127.0.0.1:9");
        katra.environment().put("ALL_PROXY", "http://127.0.0.1:9");

        assertThat(katra.run("words", "a")).isEqualTo(new Result(0, "[a]\n", ""));
    }

    private Process input(String command, String text) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "in", ""), text);
        return katra.start(new ProcessBuilder(Program.katra().toString(), command)
                .directory(folder.toFile())
                .redirectInput(file.toFile())
                .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile()));
    }
}
