package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelSecretTests {

    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndForItsOwnerAlone() throws IOException {
        String secret = ChannelSecret.of(home());

        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(ChannelSecret.of(home())).isEqualTo(secret);
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(ChannelSecret.of(new KatraHome(folder.resolve("other")))).isNotEqualTo(secret);
    }

    @Test
    void closesAFileThatOthersCanRead() throws IOException {
        String secret = ChannelSecret.of(home());
        Files.setPosixFilePermissions(home().secret(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ChannelSecret.of(home())).isEqualTo(secret);
        assertThat(mode()).isEqualTo("rw-------");
    }

    @RepeatedTest(5)
    void thoseWhoMakeItAtOnceAgree() throws Exception {
        int makers = 8;
        CyclicBarrier start = new CyclicBarrier(makers);
        ExecutorService threads = Executors.newFixedThreadPool(makers);
        try {
            Callable<String> make = () -> {
                start.await();
                return ChannelSecret.of(home());
            };
            List<Future<String>> made =
                    threads.invokeAll(Stream.generate(() -> make).limit(makers).toList());
            for (Future<String> one : made) {
                assertThat(one.get()).isEqualTo(ChannelSecret.of(home()));
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> files = Files.list(home().root())) {
            assertThat(files).containsExactly(home().secret());
        }
    }

    @Test
    void comparesWhole() {
        assertThat(ChannelSecret.matches("abc", "abc")).isTrue();
        assertThat(ChannelSecret.matches("abc", "abd")).isFalse();
        assertThat(ChannelSecret.matches("abc", "ab")).isFalse();
        assertThat(ChannelSecret.matches("abc", "")).isFalse();
    }

    private KatraHome home() {
        return new KatraHome(folder.resolve("home"));
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home().secret()));
    }
}
