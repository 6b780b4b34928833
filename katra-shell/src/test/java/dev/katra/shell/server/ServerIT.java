package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.console.Version;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.ShortFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The life of the server, by the real program. */
class ServerIT {

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;

    @BeforeEach
    void prepare() throws Exception {
        katra = new Program(folder);
    }

    @AfterEach
    void stop() throws Exception {
        katra.stop();
    }

    @Test
    void isStartedByTheFirstCommandThatNeedsItAndKeepsItsPort() throws Exception {
        assertThat(katra.run("server", "status")).isEqualTo(new Result(3, "not running\n", ""));
        assertThat(katra.run("server", "stop")).isEqualTo(new Result(0, "was not running\n", ""));
        katra.out("version");
        katra.out("providers");
        assertThat(katra.home()).as("what needs no server makes no home").doesNotExist();

        katra.out("who");

        ProcessHandle server = katra.server();
        assertThat(katra.out("server", "status"))
                .isEqualTo("running on http://127.0.0.1:" + katra.port() + " (pid " + server.pid() + ", version "
                        + Version.current() + ")\n");
        assertThat(ps("args=", server)).contains("katra_mcp_server").doesNotContain("sk-");
        assertThat(katra.out("server", "start")).contains("(pid " + server.pid() + ")");
        assertThat(katra.out("server", "stop")).isEqualTo("stopped\n");
        assertThat(LiveProcess.of(server.pid())).isEmpty();

        katra.environment().put("KATRA_PORT", String.valueOf(Program.freePort()));
        katra.out("who");
        assertThat(katra.out("server", "status")).contains(":" + katra.port() + " ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoStartsAtOnceGiveOneServer() throws Exception {
        List<Process> starts = List.of(
                katra.start("say", "one"), katra.start("say", "two"), katra.start("say", "three"), katra.start("who"));
        for (Process start : starts) {
            Result result = katra.end(start);
            assertThat(result.exit()).as(result.err()).isZero();
        }

        assertThat(katra.out("history", "--json").lines()).hasSize(3);
        assertThat(ProcessHandle.allProcesses().filter(this::isServerOfThisHome))
                .containsExactly(katra.server());
    }

    @Test
    void aTakenPortIsAClearErrorAndNothingMoves() throws Exception {
        try (ServerSocket stranger = new ServerSocket(katra.port(), 1, InetAddress.getLoopbackAddress())) {
            Result result = katra.run("who");

            assertThat(result.exit()).isEqualTo(5);
            assertThat(result.err())
                    .contains("katra: the server did not start: port " + stranger.getLocalPort()
                            + " is taken by another program")
                    .contains("katra server start --port N");
            assertThat(katra.run("server", "status").exit()).isEqualTo(3);
            assertThat(home().serverFile()).doesNotExist();
        }

        katra.out("who");
        assertThat(katra.out("server", "status")).contains(":" + katra.port() + " ");
    }

    @Test
    void aHomesPortStaysWhenAStrangerTakesIt() throws Exception {
        katra.out("who");
        katra.out("server", "stop");
        String file = Files.readString(home().serverFile());

        try (ServerSocket stranger = new ServerSocket(katra.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(katra.run("who").err()).contains("port " + stranger.getLocalPort() + " is taken");
            assertThat(home().serverFile()).hasContent(file);
        }
        int other = Program.freePort();
        katra.out("server", "start", "--port", String.valueOf(other));
        katra.out("server", "stop");
        katra.out("who");
        assertThat(katra.out("server", "status")).contains(":" + other + " ");
    }

    @Test
    void whatAKilledServerLeavesIsNoObstacle() throws Exception {
        katra.out("say", "before");
        ProcessHandle first = katra.server();

        first.destroyForcibly();
        await().until(() -> LiveProcess.of(first.pid()).isEmpty());
        assertThat(home().socket()).exists();
        assertThat(home().serverFile()).exists();
        assertThat(katra.run("server", "status")).isEqualTo(new Result(3, "not running\n", ""));

        katra.out("say", "after");
        assertThat(katra.server().pid()).isNotEqualTo(first.pid());
        assertThat(katra.out("server", "status")).contains(":" + katra.port() + " ");
        assertThat(katra.out("history")).contains("before").contains("after");
    }

    /** With a session that runs: it lives through the update, and an older program leaves it and its server alone. */
    @Test
    void aServerOfAnOlderVersionIsReplacedAndOneOfANewerIsNotAndSessionsGoOn() throws Exception {
        Process client = new ProcessBuilder("sleep", "3600").start();
        try {
            String token = session(client);
            Process first = serverOfVersion("0.0.1");

            Result result = katra.run("who");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.err())
                    .contains("katra: the server is of version 0.0.1; restarting it as " + Version.current());
            assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(katra.out("server", "status")).contains("version " + Version.current());
            assertThat(result.out()).contains("Sam");
            assertThat(tools(token)).as("the session's token").contains("katra_say");
            logsNoBodies(token);
            katra.out("server", "stop");

            serverOfVersion("99.0.0");
            Result older = katra.run("who");
            assertThat(older.exit()).isEqualTo(4);
            assertThat(older.err()).contains("the server of this home is a newer Katra, 99.0.0");
            assertThat(katra.out("server", "status")).contains("version 99.0.0");
            assertThat(tools(token)).contains("katra_say");
        } finally {
            client.destroyForcibly();
        }
    }

    private String session(Process client) throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            ClaimedSession claimed = store.sessions().claim(TestStore.claim("Sam"));
            LiveProcess live = LiveProcess.of(client.pid()).orElseThrow();
            store.sessions().recordProcess(claimed.session().id(), live.pid(), live.mark(), null, null);
            return claimed.token();
        }
    }

    /** The same program under another version, as it answers. */
    private Process serverOfVersion(String version) throws Exception {
        Path other = Files.createDirectories(folder.resolve(version + "/katra"));
        Files.writeString(other.resolve("version.properties"), "version=" + version + "\n");
        String classPath =
                other.getParent() + ":" + Program.katra().resolveSibling("katra-shell/target/katra/lib") + "/*";
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "dev.katra.shell.Katra",
                        ServerStarter.PROCESS_NAME)
                .redirectOutput(folder.resolve(version + ".out").toFile())
                .redirectError(folder.resolve(version + ".err").toFile());
        Process server = katra.start(builder);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> katra.run("server", "status").out().contains("version " + version));
        return server;
    }

    /** What an MCP client of that session is told of the tools. */
    private String tools(String token) throws Exception {
        var first = post(token, null, """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
                "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        String session = first.headers().firstValue("mcp-session-id").orElse(null);
        return post(token, session, """
                        {"jsonrpc":"2.0","id":2,"method":"tools/list"}""").body();
    }

    /** Neither of what no tool understands nor of what is no JSON. */
    private void logsNoBodies(String token) throws Exception {
        String body = "a word that nobody logs ".repeat(200);
        for (String sent : List.of(
                "{\"" + body,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/none\",\"params\":{\"x\":\"" + body + "\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"katra_say\",\"arguments\":{"
                        + "\"text\":{\"y\":\"" + body + "\"}}}}")) {
            var unused = post(token, null, sent);
        }
        assertThat(katra.out("server", "logs", "--lines", "5000")).doesNotContain(body.substring(0, 600));
    }

    private HttpResponse<String> post(String token, @Nullable String session, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + katra.port() + "/mcp"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (session != null) {
            request.header("mcp-session-id", session);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void holdsNoKeyOfTheShellThatStartedIt() throws Exception {
        katra.environment().put("OPENAI_API_KEY", "sk-of-the-first-shell");
        katra.environment().put("ANTHROPIC_AUTH_TOKEN", "token-of-the-first-shell");
        katra.environment().put("KATRA_SESSION_TOKEN", "");
        katra.environment().put("JAVA_TOOL_OPTIONS", "-Dkatra.test=1");

        katra.out("who");

        assertThat(environmentOf(katra.server()))
                .contains("HOME=" + folder)
                .contains("KATRA_HOME=" + katra.home())
                .doesNotContain("of-the-first-shell", "API_KEY", "TOKEN", "JAVA_TOOL_OPTIONS");
        assertThat(ps("args=", katra.server())).doesNotContain("first-shell");
    }

    @Test
    void aServerThatHangsTakesNothingAndIsEnded() throws Exception {
        katra.out("say", "before");
        ProcessHandle frozen = katra.server();
        signal("STOP", frozen);
        try {
            Process say = katra.start("say", "lost");
            Process jvm = katra.start(
                    new ProcessBuilder("env", "KATRA_JVM=1", Program.katra().toString(), "say", "lost too")
                            .redirectOutput(folder.resolve("jvm.out").toFile())
                            .redirectError(folder.resolve("jvm.err").toFile()));
            Process start = katra.start("server", "start");
            Process status = katra.start("server", "status");
            Process doctor = katra.start("doctor");
            for (Process each : List.of(say, jvm, start, status)) {
                assertThat(katra.end(each))
                        .isEqualTo(new Result(
                                5,
                                "",
                                "katra: the server of " + katra.home() + " does not answer, and has taken nothing\n\n"
                                        + "hint: katra server stop ends it, and the next command starts another\n"));
            }
            assertThat(katra.end(doctor).out()).contains("does not answer");
        } finally {
            signal("CONT", frozen);
        }
        assertThat(katra.out("history", "--json").lines())
                .as("what was given up")
                .hasSize(1);

        signal("STOP", frozen);
        assertThat(katra.out("server", "stop")).isEqualTo("stopped\n");
        assertThat(LiveProcess.of(frozen.pid())).isEmpty();
        katra.out("say", "after");
        assertThat(katra.out("history")).contains("before", "after").doesNotContain("lost");
    }

    @Test
    void doctorSaysThatAProcessMayOpenFewFilesOnly() throws Exception {
        Result few = katra.end(katra.start(new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 256; exec \"$0\" doctor",
                        Program.katra().toString())
                .redirectOutput(folder.resolve("few.out").toFile())
                .redirectError(folder.resolve("few.err").toFile())));

        assertThat(few.exit()).isEqualTo(5);
        assertThat(few.out()).containsPattern("files +!! +a process may open 256 files, and the server may need 1024");
        assertThat(few.err()).contains("files: raise the hard limit, which ulimit -Hn shows, to 4096");
    }

    @Test
    void aSettingThatIsNotOneOfAFewWordsNamesThem() throws Exception {
        Files.createDirectories(home().root());
        Files.writeString(home().root().resolve("server.properties"), "katra.secrets = loud\n");

        Result result = katra.run("who");

        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.err())
                .contains(
                        "katra: the server did not start: server.properties: katra.secrets: \"loud\" is not one of mask,"
                                + " refuse, keep\n")
                .contains("hint: ")
                .doesNotContain("dev.katra", "Exception", "enum");
    }

    @Test
    void showsItsLog() throws Exception {
        assertThat(katra.run("server", "logs").err()).contains("there is no log yet");
        katra.out("who");

        assertThat(katra.out("server", "logs")).contains("serves " + katra.home() + " on http://127.0.0.1:");
        assertThat(katra.out("server", "logs", "--lines", "1").lines()).hasSize(1);
        assertThat(katra.run("server", "logs", "--lines", "x").exit()).isEqualTo(2);
        assertThat(katra.run("server", "logs", "--lines", "-1").exit()).isEqualTo(2);
    }

    @Test
    void refusesTheDatabaseOfANewerKatra() throws Exception {
        katra.out("who");
        katra.out("server", "stop");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home().database());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into flyway_schema_history"
                    + " select 999, '999', 'from the future', type, 'V999__future.sql', 1, installed_by, installed_on,"
                    + " 1, 1 from flyway_schema_history limit 1");
        }

        Result result = katra.run("who");

        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.err())
                .contains("the database " + home().database() + " was written by a newer Katra (schema 999)")
                .contains("update this Katra");
    }

    @Test
    void aHomeMayHaveAPathThatIsTooLongForASocket() throws Exception {
        katra.environment()
                .put("KATRA_HOME", folder.resolve("ü ".repeat(60) + "x").toString());
        try {
            katra.out("say", "hello");

            assertThat(katra.out("history")).contains("hello");
            assertThat(katra.out("server", "status")).startsWith("running on");
        } finally {
            katra.out("server", "stop");
        }
    }

    @Test
    void aHomeMayBeNamedByARelativePath() throws Exception {
        katra.environment().put("KATRA_HOME", "home");

        katra.out("say", "hello");

        assertThat(katra.out("history")).contains("hello");
        assertThat(katra.home().resolve("home")).doesNotExist();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private KatraHome home() {
        return new KatraHome(katra.home());
    }

    private boolean isServerOfThisHome(ProcessHandle process) {
        try {
            return environmentOf(process).contains("KATRA_HOME=" + katra.home() + "\0")
                    && Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                            .contains("\0katra_mcp_server\0");
        } catch (IOException e) {
            return false; // it has ended, or is not ours
        }
    }

    private static String environmentOf(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.UTF_8);
    }

    private static String ps(String what, ProcessHandle process) throws Exception {
        Process ps = new ProcessBuilder("ps", "-ww", "-o", what, "-p", String.valueOf(process.pid())).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
