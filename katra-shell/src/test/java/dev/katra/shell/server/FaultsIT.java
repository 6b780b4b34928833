package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.ShortFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from under a running server, by the real program: nothing acknowledged is lost, and it is said. */
class FaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;
    private KatraHome home;

    @BeforeEach
    void prepare() throws Exception {
        katra = new Program(folder);
        home = new KatraHome(katra.home());
    }

    @AfterEach
    void stop() throws Exception {
        katra.stop();
    }

    /** One server, from which one thing after the other is taken that it can do without, and at last the log of SQLite. */
    @Test
    void goesOnWithoutSecretSocketAndLog() throws Exception {
        katra.out("say", "hello");
        ProcessHandle server = katra.server();

        Files.delete(home.secret());
        katra.out("say", "without the secret");
        assertThat(katra.server()).isEqualTo(server);

        delete(home.run());
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(statusOnTheHookSocket("katra"))
                .isEqualTo(401));
        assertThat(statusOnTheHookSocket("evil.example")).isEqualTo(421);
        await().atMost(PATIENCE).until(() -> Files.exists(home.socket()));
        katra.out("say", "without the socket");
        assertThat(katra.server()).isEqualTo(server);

        Files.write(home.serverLog(), new byte[] {'\n', (byte) 0xff, '!', '\n'}, StandardOpenOption.APPEND);
        assertThat(katra.out("server", "logs")).contains("\ufffd!");

        Files.delete(Path.of(home.database() + "-wal"));
        awaitEnd(server);
        assertThat(katra.out("history"))
                .contains("hello")
                .contains("without the secret")
                .contains("without the socket");
    }

    @Test
    void savesWhatItKnewWhenTheDatabaseIsTaken() throws Exception {
        katra.out("say", "hello");
        ProcessHandle server = katra.server();

        Files.delete(home.database());
        awaitEnd(server);

        Result result = katra.run("who");
        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.err())
                .contains("the database " + home.database() + " is missing, and this home has had one")
                .containsPattern("katra restore .*rescued-\\d+\\.zip brings back what the last server saved");
        assertThat(home.database()).doesNotExist();
        assertThat(katra.run("doctor").out()).contains("is missing");
        try (Stream<Path> files = Files.list(home.root())) {
            Path rescued = files.filter(file -> file.getFileName().toString().startsWith("rescued-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(katra.run("restore", rescued.toString()).err()).contains("restored 0 memories, 1 message");
        }
        assertThat(katra.out("history")).contains("hello");
    }

    @Test
    void beginsAnewWhenTheHomeIsDeletedAndSaysSo() throws Exception {
        katra.out("say", "hello");
        ProcessHandle server = katra.server();

        delete(home.root());
        Result result = katra.run("say", "anew");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).contains("the home " + home.root() + " is new, with nothing in it");
        assertThat(LiveProcess.of(server.pid())).isEmpty();
        assertThat(katra.out("history")).contains("anew").doesNotContain("hello");
    }

    @Test
    void startsAtOnceAfterAKill() throws Exception {
        startAfterKills(3);
    }

    @Test
    @Tag("long")
    void startsAtOnceAfterManyKills() throws Exception {
        startAfterKills(120);
    }

    private void startAfterKills(int rounds) throws Exception {
        katra.out("server", "start");
        for (int round = 0; round < rounds; round++) {
            katra.out("say", "round " + round);
            katra.server().destroyForcibly();
            Result result = katra.run("server", "start");
            assertThat(result.exit()).as("round %d: %s", round, result.err()).isZero();
        }
        assertThat(katra.out("history", "--limit", "200", "--json").lines()).hasSize(rounds);
        try (Stream<Path> left = Files.list(home.temporary())) {
            assertThat(left.filter(file -> file.toString().endsWith(".so")))
                    .as("libraries of killed servers")
                    .hasSizeLessThan(2);
        }
    }

    /** A small disk of its own, which is filled and made read-only. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhatIsWrongWithTheDisk() throws Exception {
        Files.createDirectory(home.root());
        assumeThat(run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=8m,mode=0700",
                        "tmpfs",
                        home.root().toString()))
                .as("only root may mount")
                .isZero();
        try {
            katra.out("say", "hello");
            Path filler = fill();
            Result full = untilItFails();
            assertThat(full.exit()).isEqualTo(5);
            assertThat(full.err())
                    .contains("there is no space left on the disk of " + home.database() + "; nothing was written")
                    .contains("df -h " + home.root());
            assertThat(katra.run("doctor").out()).contains("disk").contains("there is no space left");
            Files.delete(filler);
            katra.out("say", "after the full disk");

            katra.out("server", "stop");
            filler = fill();
            Result start = katra.run("who");
            assertThat(start.exit()).isEqualTo(5);
            assertThat(start.err())
                    .containsAnyOf("no space left", "No space left")
                    .doesNotContain("said nothing");
            Files.delete(filler);

            assertThat(run("mount", "-o", "remount,ro", home.root().toString())).isZero();
            Result closed = katra.run("say", "nobody hears this");
            assertThat(closed.exit()).isEqualTo(5);
            assertThat(closed.err())
                    .containsIgnoringCase("read-only")
                    .contains(home.root().toString());
            assertThat(katra.run("doctor").out()).containsIgnoringCase("read-only");
            assertThat(run("mount", "-o", "remount,rw", home.root().toString())).isZero();

            assertThat(katra.out("history"))
                    .contains("hello")
                    .contains("after the full disk")
                    .doesNotContain("nobody");
        } finally {
            katra.run("server", "stop");
            run("umount", "-l", home.root().toString());
        }
    }

    private Result untilItFails() throws Exception {
        for (int n = 0; n < 50; n++) {
            Result result = katra.run("say", "x".repeat(20_000));
            if (result.exit() != 0) {
                return result;
            }
        }
        throw new AssertionError("the disk is not full");
    }

    private Path fill() throws IOException {
        Path filler = home.root().resolve("filler");
        byte[] block = new byte[1024];
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            while (true) {
                file.write(block);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** What a request without a token is answered there. */
    private int statusOnTheHookSocket(String host) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.hookSocket()))) {
            socket.write(StandardCharsets.US_ASCII.encode(
                    "POST /hooks/wait HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 2\r\n\r\n{}"));
            BufferedReader answer = new BufferedReader(Channels.newReader(socket, StandardCharsets.ISO_8859_1));
            return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
        }
    }

    private static void awaitEnd(ProcessHandle server) {
        await().atMost(PATIENCE).until(() -> LiveProcess.of(server.pid()).isEmpty());
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
