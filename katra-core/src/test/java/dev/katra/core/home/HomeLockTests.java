package dev.katra.core.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTests {

    @TempDir
    Path folder;

    private KatraHome home;

    @BeforeEach
    void name() {
        home = new KatraHome(folder.resolve("home"));
    }

    @Test
    void makesTheHomeAndAFileForItsOwnerOnly() throws IOException {
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.lock())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isHeldOnceInAProcessAlsoThroughAnotherPath() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(home.root()));
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(HomeLock.tryAcquire(home)).isEmpty();
            assertThat(HomeLock.tryAcquire(new KatraHome(link))).isEmpty();
        }
        HomeLock.tryAcquire(new KatraHome(link)).orElseThrow().close();
    }

    @Test
    void closesTwiceWithoutTakingItFromTheNext() {
        HomeLock first = HomeLock.tryAcquire(home).orElseThrow();
        first.close();
        try (HomeLock second = HomeLock.tryAcquire(home).orElseThrow()) {
            first.close();
            assertThat(second).isNotNull();
            assertThat(HomeLock.tryAcquire(home)).isEmpty();
        }
    }

    @Test
    void keepsOutAnotherProcessEvenAfterARefusedTryOfOurOwn() throws Exception {
        try (HomeLock lock = HomeLock.tryAcquire(home).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(HomeLock.tryAcquire(home)).isEmpty(); // closing a descriptor here would drop our lock
            Other other = new Other(home);
            assertThat(other.answer()).isEqualTo("refused");
            other.end();
        }
    }

    @Test
    void isRefusedWhileAnotherProcessLivesAndFreeWhenThatWasKilled() throws Exception {
        Other other = new Other(home);
        try {
            assertThat(other.answer()).isEqualTo("held");
            assertThat(HomeLock.tryAcquire(home)).isEmpty();
            assertThat(HomeLock.tryAcquire(home)).isEmpty();
        } finally {
            other.end();
        }
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        assertThat(lock).isPresent();
        lock.get().close();
    }

    /** A second JVM that tries to lock the home, says so, and stays until it is ended. */
    private static final class Other {
        private final Process process;
        private final BufferedReader output;

        Other(KatraHome home) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HomeLockHolder.class.getName(),
                            home.root().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        String answer() throws IOException {
            return String.valueOf(output.readLine());
        }

        void end() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
