package dev.katra.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTests {

    @TempDir
    Path sessions;

    @Test
    void aSessionThatHasNotBegunHasNoPid() throws IOException {
        Path session = Files.createDirectory(sessions.resolve("a"));
        assertThat(LaunchPlans.readPidFile(session)).isEmpty();

        Files.createFile(session.resolve("pid"));
        assertThat(LaunchPlans.readPidFile(session)).isEmpty();
    }

    /** A folder in the place of a file cannot be read, as no file can when no more may be open. */
    @Test
    void aPidThatCannotBeReadIsNotAbsent() throws IOException {
        Path session = sessions.resolve("a");
        Path pid = Files.createDirectories(session.resolve("pid"));

        assertThatThrownBy(() -> LaunchPlans.readPidFile(session))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot read " + pid);
    }

    @Test
    void whatMayRunIsCounted() throws IOException {
        LiveProcess self = LiveProcess.of(ProcessHandle.current().pid()).orElseThrow();
        Files.createDirectories(sessions.resolve("unknown/pid"));
        Files.createDirectories(sessions.resolve("not begun"));
        write("runs", self.pid() + " " + self.mark());
        write("runs without a mark", String.valueOf(self.pid()));
        write("gone", self.pid() + " 1" + self.mark());

        assertThat(LaunchPlans.countRunning(sessions)).isEqualTo(3);
        assertThat(LaunchPlans.countRunning(sessions.resolve("none"))).isZero();
    }

    private void write(String session, String pid) throws IOException {
        Files.writeString(Files.createDirectories(sessions.resolve(session)).resolve("pid"), pid + "\n");
    }
}
