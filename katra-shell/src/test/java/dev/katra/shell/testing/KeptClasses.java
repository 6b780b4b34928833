package dev.katra.shell.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.console.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What the JVM keeps between starts, made once for all tests of the packaged program. They run it as its users do, and
 * none of them starts what makes it, which would outlive the test.
 */
public final class KeptClasses {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path CACHE = TARGET.resolve("katra/cache");
    private static boolean made;

    /** The number of times that a cache is tried to be made; without one every test with a server takes much longer. */
    private static final int TRIES = 3;

    private KeptClasses() {}

    /** Returns when it is there; another test's JVM may be the one that makes it. */
    public static synchronized void make() {
        if (made) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        TARGET.resolve("katra-cache.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            deleteOld();
            Path home = Files.createTempDirectory("katra-cache");
            try {
                for (int tries = 0; tries < TRIES && !isFilled(); tries++) {
                    FileSystemUtils.deleteRecursively(CACHE);
                    assertThat(version(home)).isEqualTo("katra " + Version.current() + "\n");
                    await("the cache").atMost(Duration.ofMinutes(9)).until(KeptClasses::isThere);
                }
            } finally {
                FileSystemUtils.deleteRecursively(home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        made = true;
    }

    /** A command that needs a JVM has the cache made if there is none that fits. */
    private static String version(Path home) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(Program.katra().toString(), "version")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().retainAll(List.of("PATH", "LANG", "LC_ALL"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TMPDIR", home.toString());
        builder.environment().put("KATRA_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    /** Returns whether both files are there and have something in them: one that could not be made is empty. */
    private static boolean isFilled() throws IOException {
        Optional<Path> command = made("command-");
        Optional<Path> server = made("server-");
        return command.isPresent()
                && server.isPresent()
                && Files.size(command.get()) > 0
                && Files.size(server.get()) > 0
                && made("work-").isEmpty();
    }

    private static boolean isThere() throws IOException {
        return made("command-").isPresent() && made("work-").isEmpty();
    }

    private static Optional<Path> made(String what) throws IOException {
        String name = what + Runtime.version().feature();
        if (!Files.isDirectory(CACHE)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(CACHE)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .findAny();
        }
    }

    /** What was made for the build before this one. */
    private static void deleteOld() throws IOException {
        Optional<Path> made = made("command-");
        if (made.isPresent() && lastModified(made.get()).compareTo(lastModified(builtJar())) < 0) {
            FileSystemUtils.deleteRecursively(CACHE);
        }
    }

    private static Path builtJar() {
        return Program.katra().resolveSibling("katra-shell/target/katra/lib/katra-shell-" + Version.current() + ".jar");
    }

    private static FileTime lastModified(Path file) throws IOException {
        return Files.getLastModifiedTime(file);
    }
}
