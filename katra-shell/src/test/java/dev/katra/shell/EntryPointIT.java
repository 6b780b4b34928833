package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.console.ExitCode;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.ShortFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entry point says the same whether the server answers it or a JVM does. */
class EntryPointIT {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("version"),
            List.of("--version"),
            List.of("help"),
            List.of("help", "say"),
            List.of("say", "--help"),
            List.of("providers"),
            List.of("env", "--provider", "demo"),
            List.of("env", "--provider", "Übel"),
            List.of("list"),
            List.of("list", "--json"),
            List.of("who"),
            List.of("history"),
            List.of("history", "--limit", "x"),
            List.of("usage"),
            List.of("recall", "nothing"),
            List.of("attach", "Nobody"),
            List.of("start", "--persona", "Dario", "--provider", "nowhere"),
            List.of("say", ""),
            List.of("say", "--to", "Nöbödy \n 🦊", "x"),
            List.of("nothing"),
            List.of(""),
            List.of("say", "--nothing"),
            List.of("server", "status"),
            List.of());

    @TempDir(factory = ShortFolder.class)
    static Path folder;

    static Program katra;

    @BeforeAll
    static void prepare() throws Exception {
        katra = new Program(folder);
        katra.out("say", "first");
    }

    @AfterAll
    static void stop() throws Exception {
        katra.stop();
    }

    @Test
    void bothWaysSayTheSame() throws Exception {
        katra.environment().put("DEEPSEEK_API_KEY", "sk-of-a-test");
        for (List<String> words : COMMANDS) {
            String[] command = words.toArray(String[]::new);
            Result byServer = katra.run(command);
            assertThat(byJvm(command)).as("katra %s", words).isEqualTo(byServer);
        }
    }

    @Test
    void bothWaysTakeTheSameInput() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "Grüße 🦊 end\n\n");
        for (boolean jvm : List.of(false, true)) {
            jvm(jvm);
            Result said = katra.end(say(file));
            assertThat(said).isEqualTo(new Result(0, "", ""));
        }
        jvm(false);

        assertThat(katra.out("history", "--limit", "2", "--json")
                        .lines()
                        .map(line -> line.replaceAll(".*\"text\"|\"at\".*", "")))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("end"))
                .satisfies(texts -> assertThat(texts.get(0)).isEqualTo(texts.get(1)));
    }

    @Test
    void bothWaysRefuseInputThatIsNoText() throws Exception {
        Path file = Files.write(folder.resolve("bytes"), "Gr\374\337e\n".getBytes(StandardCharsets.ISO_8859_1));
        for (boolean jvm : List.of(false, true)) {
            jvm(jvm);
            try {
                assertThat(katra.end(say(file))).isEqualTo(new Result(2, "", """
                                katra: standard input is not UTF-8 text

                                hint: convert it first, with iconv -t UTF-8 for example
                                """));
            } finally {
                jvm(false);
            }
        }
        assertThat(katra.out("history")).doesNotContain("Gr\ufffd");
    }

    @Test
    void whatCannotBeWrittenIsNotReceived() throws Exception {
        for (boolean jvm : List.of(false, true)) {
            katra.out("say", "--as", "Bob", "by jvm: " + jvm);
            jvm(jvm);
            try {
                Process closed = katra.start(new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec \"$0\" hear >&- 2>&-",
                        Program.katra().toString()));
                assertThat(closed.waitFor()).as("by jvm: %s", jvm).isEqualTo(ExitCode.BROKEN_PIPE);
            } finally {
                jvm(false);
            }
            assertThat(katra.out("hear")).contains("by jvm: " + jvm);
        }
    }

    @Test
    void withTheServerUpThereIsNoJava() throws Exception {
        katra.environment().put("KATRA_JAVA_HOME", folder.resolve("no-java").toString());
        try {
            assertThat(katra.out("who")).isEqualTo(katra.out("who"));
            assertThat(katra.run("server", "status").err()).contains("KATRA_JAVA_HOME has no bin/java");
        } finally {
            katra.environment().put("KATRA_JAVA_HOME", System.getProperty("java.home"));
        }
    }

    @Test
    void neitherSecretNorWordsAreInAnArgument() throws Exception {
        String secret = Files.readString(katra.home().resolve("secret")).strip();
        Process following = katra.start("hear", "--follow", "--as", "Listener-of-a-test");
        try {
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> curls(following).findAny().isPresent());
            Process ps = new ProcessBuilder("ps", "-axww", "-o", "args=").start();
            assertThat(new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain(secret);
            assertThat(curls(following))
                    .allSatisfy(curl ->
                            assertThat(curl.info().commandLine().orElse("")).doesNotContain("Listener-of-a-test"));
        } finally {
            following.destroy();
            katra.end(following);
        }
    }

    private static Stream<ProcessHandle> curls(Process process) {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/curl"));
    }

    private static Process say(Path file) throws Exception {
        return katra.start(new ProcessBuilder(Program.katra().toString(), "say")
                .directory(folder.toFile())
                .redirectInput(file.toFile())
                .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile()));
    }

    private static Result byJvm(String... command) throws Exception {
        jvm(true);
        try {
            Result result = katra.run(command);
            return new Result(
                    result.exit(), result.out().replace("KATRA_JVM=1    # your environment\n", ""), result.err());
        } finally {
            jvm(false);
        }
    }

    private static void jvm(boolean wanted) {
        if (wanted) {
            katra.environment().put("KATRA_JVM", "1");
        } else {
            katra.environment().remove("KATRA_JVM");
        }
    }
}
