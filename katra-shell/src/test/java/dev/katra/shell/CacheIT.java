package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.console.Version;
import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Program.Result;
import dev.katra.shell.testing.ShortFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** What the JVM keeps between starts: made once, used, and no obstacle whatever becomes of it. */
class CacheIT {

    private static final Result VERSION = new Result(0, "katra " + Version.current() + "\n", "");

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;
    private Path cache;

    @BeforeEach
    void prepare() throws Exception {
        katra = new Program(folder);
        Path program = Files.createDirectory(folder.resolve("program"));
        Files.copy(Program.katra(), program.resolve("katra"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                program.resolve("lib"), Program.katra().resolveSibling("katra-shell/target/katra/lib"));
        cache = program.resolve("cache");
    }

    @AfterEach
    void stop() throws Exception {
        run("server", "stop");
        await().atMost(1, TimeUnit.MINUTES)
                .untilAsserted(() -> assertThat(processes()).as("left behind").isEmpty());
    }

    @Test
    void itsMakingEndsWithTheFolderItIsMadeIn() throws Exception {
        assertThat(run("version")).isEqualTo(VERSION);
        awaitServerInTraining();
        Path madeAgain = work().get(0).resolve("home/personas");

        await().ignoreExceptions().until(() -> FileSystemUtils.deleteRecursively(cache) || !Files.exists(cache));
        Files.createDirectories(madeAgain); // as a command of the run does that is just beginning

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(processes()).isEmpty());
        await().untilAsserted(() -> assertThat(cache).doesNotExist());
    }

    @Test
    void itsMakingEndsWhenItsOwnProcessDoes() throws Exception {
        assertThat(run("version")).isEqualTo(VERSION);
        awaitServerInTraining();

        ProcessHandle training = ProcessHandle.allProcesses()
                .filter(process -> mentions(process, "katra_training") && mentions(process, cache.toString()))
                .findAny()
                .orElseThrow();
        training.destroyForcibly();

        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(processes()).isEmpty());
        await().untilAsserted(() ->
                assertThat(cache).as("nothing is half made, nor given up").isEmptyDirectory());
    }

    @Test
    void itsMakingEndsWithTheServerOfTheHome() throws Exception {
        assertThat(run("version")).isEqualTo(VERSION);
        awaitServerInTraining();

        assertThat(run("server", "stop").exit()).isZero();

        assertThat(cache).isEmptyDirectory();
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(processes()).isEmpty());
    }

    private void awaitServerInTraining() {
        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> processes().stream().anyMatch(line -> line.contains("katra_mcp_server")));
    }

    /** What runs of this test's program. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> mentions(process, folder.resolve("program").toString()))
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
    }

    private static boolean mentions(ProcessHandle process, String text) {
        return process.info().commandLine().orElse("").contains(text);
    }

    @Test
    void isMadeInTheBackgroundAndUsed() throws Exception {
        assertThat(run("version")).isEqualTo(VERSION);
        await().atMost(9, TimeUnit.MINUTES).until(() -> files().size() == 2 && work().isEmpty());

        assertThat(files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(folder.resolve("home")).doesNotExist();
        assertThat(run("version")).isEqualTo(VERSION);
        assertThat(work()).as("nothing is made again").isEmpty();
        assertThat(run("server", "start").err()).doesNotContain("warning", "error");
        assertThat(server().info().arguments().orElseThrow())
                .anyMatch(argument -> argument.contains(cache.resolve("server-").toString()));
        assertThat(Files.readString(katra.home().resolve("logs/server.out"))).isEmpty();
        run("server", "stop");

        for (Path file : files()) {
            Files.writeString(file, "no cache");
        }
        assertThat(run("version")).isEqualTo(VERSION);
        assertThat(run("who").exit()).isZero();
        assertThat(Files.readString(katra.home().resolve("logs/server.out"))).isEmpty();
        assertThat(work()).isEmpty();

        for (Path file : files()) {
            Files.writeString(file, ""); // could not be made
        }
        assertThat(run("version")).isEqualTo(VERSION);
        assertThat(work()).as("what failed is not tried again").isEmpty();
    }

    @Test
    void aJdkThatCannotMakeItLeavesThatOfOthers() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        katra.environment().put("KATRA_JAVA_HOME", folder.resolve("jdk").toString());
        Path others = Files.writeString(Files.createDirectory(cache).resolve("command-17-1"), "another JDK's");

        assertThat(run("version").exit()).isEqualTo(1);

        await().atMost(1, TimeUnit.MINUTES).until(() -> files().size() == 3 && work().isEmpty());
        assertThat(others).hasContent("another JDK's");
        assertThat(files()).filteredOn(file -> !file.equals(others)).allSatisfy(file -> assertThat(file)
                .isEmptyFile());
    }

    @Test
    void isNotMadeByWhoDoesNotWantIt() throws Exception {
        assertThat(run(List.of("env", "KATRA_CACHE=off"), "version")).isEqualTo(VERSION);
        assertThat(cache).doesNotExist();
    }

    private ProcessHandle server() throws Exception {
        String status = run("server", "status", "--json").out();
        return ProcessHandle.of(JsonMapper.shared().readTree(status).get("pid").asLong())
                .orElseThrow();
    }

    private Result run(String... words) throws Exception {
        return run(List.of("env", "-u", "KATRA_CACHE"), words); // the one program here that may fill its cache
    }

    private Result run(List<String> before, String... words) throws Exception {
        List<String> command = Stream.of(
                        before.stream(),
                        Stream.of(folder.resolve("program/katra").toString()),
                        Stream.of(words))
                .flatMap(part -> part)
                .toList();
        return katra.end(katra.start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile())));
    }

    private List<Path> files() throws IOException {
        return found(false);
    }

    private List<Path> work() throws IOException {
        return found(true);
    }

    private List<Path> found(boolean folders) throws IOException {
        try (Stream<Path> found = Files.list(cache)) {
            return found.filter(file -> Files.isDirectory(file) == folders).toList();
        }
    }
}
