package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
        katra.environment().remove("KATRA_CACHE");
        Path program = Files.createDirectory(folder.resolve("program"));
        Files.copy(Program.katra(), program.resolve("katra"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                program.resolve("lib"), Program.katra().resolveSibling("katra-shell/target/katra/lib"));
        cache = program.resolve("cache");
    }

    @AfterEach
    void stop() throws Exception {
        katra.stop();
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
        assertThat(katra.server().info().arguments().orElseThrow())
                .anyMatch(argument -> argument.contains(cache.resolve("server-").toString()));
        assertThat(Files.readString(katra.home().resolve("logs/server.out"))).isEmpty();
        katra.stop();

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
    void isNotMadeByWhoDoesNotWantIt() throws Exception {
        katra.environment().put("KATRA_CACHE", "off");
        assertThat(run("version")).isEqualTo(VERSION);
        assertThat(cache).doesNotExist();
    }

    private Result run(String... words) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(folder.resolve("program/katra").toString()), Stream.of(words))
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
