package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.katra.shell.console.ExitCode;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.ShortFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
                assertThat(closed.waitFor()).as("by jvm: %s", jvm).isEqualTo(ExitCode.UNAVAILABLE);
            } finally {
                jvm(false);
            }
            assertThat(katra.out("hear")).contains("by jvm: " + jvm);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeWrittenIsSaid() throws Exception {
        for (boolean jvm : List.of(false, true)) {
            for (String command : List.of("providers", "help", "history")) { // the last runs in the server either way
                assertThat(inBash(jvm, "\"$0\" " + command + " >/dev/full"))
                        .as("%s by jvm: %s", command, jvm)
                        .isEqualTo(new Result(
                                ExitCode.UNAVAILABLE, "", "katra: cannot write the output: No space left on device\n"));
                assertThat(inBash(jvm, "\"$0\" " + command + " | true; exit ${PIPESTATUS[0]}"))
                        .as("%s to nobody by jvm: %s", command, jvm)
                        .isEqualTo(new Result(ExitCode.BROKEN_PIPE, "", ""));
            }
        }
    }

    @Test
    void aClientThatIsNotThereIsNamedByBothWays() throws Exception {
        for (boolean jvm : List.of(false, true)) {
            assertThat(inBash(jvm, "KATRA_CLAUDE=/no/claude \"$0\" start --persona Ada --provider demo -b"))
                    .as("by jvm: %s", jvm)
                    .isEqualTo(new Result(ExitCode.NOT_FOUND, "", """
                                    katra: KATRA_CLAUDE names "/no/claude", which is not an executable file

                                    hint: unset KATRA_CLAUDE or set it to the path of a claude binary
                                    """));
        }
    }

    @Test
    void theCallersVariablesAreNotTheScripts() throws Exception {
        Set<String> names = namesInTheScript();
        assertThat(names).contains("version", "home", "taken", "candidate", "secret", "code");
        String exported = names.stream().map(name -> name + "='of $1'").collect(Collectors.joining(" "));
        for (boolean jvm : List.of(false, true)) {
            Result result = inBash(jvm, "export " + exported + "; \"$0\" env --provider demo");
            assertThat(result.err()).as("by jvm: %s", jvm).doesNotContain("line ");
            assertThat(result.out().lines().map(line -> line.replaceAll("  +#.*", "")))
                    .as("by jvm: %s", jvm)
                    .containsAll(names.stream()
                            .map(name -> name + (name.matches("key|secret") ? "=********" : "=of $1")) // masked
                            .toList());
        }
    }

    @Test
    void theCallersShellsSettingsAreNotTheScripts() throws Exception {
        String settings = "SHELLOPTS=errexit:noglob:pipefail:noclobber:allexport BASHOPTS=nullglob:failglob:nocasematch"
                + " POSIXLY_CORRECT=1 OPTIND=x LINENO=x CDPATH=/ IFS=/";
        for (boolean jvm : List.of(false, true)) {
            assertThat(inBash(jvm, "env " + settings + " \"$0\" who; env " + settings + " \"$0\" version"))
                    .as("by jvm: %s", jvm)
                    .isEqualTo(inBash(jvm, "\"$0\" who; \"$0\" version"));
        }
    }

    @Test
    void aUserWithoutHomeOrPlaceForTemporaryFilesIsServed() throws Exception {
        for (boolean jvm : List.of(false, true)) {
            assertThat(inBash(jvm, "env -u HOME \"$0\" version; TMPDIR=/no/folder \"$0\" version"))
                    .as("by jvm: %s", jvm)
                    .isEqualTo(inBash(jvm, "\"$0\" version; \"$0\" version"));
        }
    }

    @Test
    void aServerOfAnOlderBuildIsReplacedBeforeItIsAsked() throws Exception {
        long old = katra.server().pid();
        Files.setLastModifiedTime(
                katra.home().resolve("server.json"), FileTime.fromMillis(0)); // older than the program

        Result said = katra.run("say", "to the new one");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err())
                .startsWith(
                        "katra: the program has been replaced since the server started; restarting it (sessions go on)\n");
        assertThat(katra.server().pid()).isNotEqualTo(old);
        assertThat(katra.run("say", "again").err()).isEmpty();
        assertThat(katra.out("history", "--limit", "2")).contains("to the new one", "again");
    }

    /** As root, who may mount one. SQLite, the terminal and the models have libraries that they unpack and load. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void temporaryFilesMayLieWhereNothingMayRunAndTheHomeMayNot() throws Exception {
        Path place = Files.createDirectory(folder.resolve("noexec"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "noexec,size=16m", "none", place.toString())
                .redirectErrorStream(true)
                .start();
        assumeTrue(mount.waitFor() == 0, "may not mount");
        String temporary = katra.environment().put("TMPDIR", place.toString());
        try {
            katra.out("server", "stop");
            assertThat(katra.out("version")).startsWith("katra ");
            katra.out("say", "by a server that starts there");

            katra.environment().put("KATRA_HOME", place.resolve("home").toString());
            Result refused = katra.run("server", "start", "--port", "0");
            assertThat(refused.exit()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(refused.err())
                    .contains("nothing may run in " + place.resolve("home/run"), "KATRA_HOME", "noexec");
        } finally {
            katra.environment().put("KATRA_HOME", katra.home().toString());
            katra.environment().put("TMPDIR", temporary);
            new ProcessBuilder("umount", place.toString()).start().waitFor();
        }
    }

    /** Every name that the script gives a value to, but its own that nobody else uses. */
    private static Set<String> namesInTheScript() throws Exception {
        String script = Files.readString(Program.katra()).replaceAll("(?m)^ *#.*", "");
        Set<String> names = new TreeSet<>();
        Matcher assigned = Pattern.compile("(?m)(?:^|[;{(]|then|do|\\|\\||&&|\\)) *([a-z_]+)(?:\\[[^]]*])?\\+?=")
                .matcher(script);
        assigned.results().forEach(result -> names.add(result.group(1)));
        Pattern.compile("(?:local|read -r|printf -v|for) ([^;\\n]+)")
                .matcher(script)
                .results()
                .forEach(result -> {
                    for (String word :
                            result.group(1).replaceAll(" (in|<).*", "").split(" ", -1)) {
                        String name = word.replaceAll("[+=].*", "");
                        if (name.matches("[a-z_]+")) {
                            names.add(name);
                        }
                    }
                });
        names.removeIf(name -> name.startsWith("katra_") || name.equals("become"));
        return names;
    }

    private static Result inBash(boolean jvm, String script) throws Exception {
        jvm(jvm);
        try {
            return katra.end(katra.start(new ProcessBuilder(
                            "bash", "-c", script, Program.katra().toString())
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
                    .redirectError(Files.createTempFile(folder, "err", "").toFile())));
        } finally {
            jvm(false);
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
        katra.out("say", "--as", "Listener-of-a-test", "I am here.");
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
