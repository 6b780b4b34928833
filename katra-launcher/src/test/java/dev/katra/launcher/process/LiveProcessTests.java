package dev.katra.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.katra.core.failure.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveProcessTests {

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @AfterEach
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void aRunningProcessIsAliveAndAnEndedOneIsNot() throws Exception {
        LiveProcess live = start("exec sleep 60");
        assertThat(live.mayRun()).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(live.mayRun()).isFalse();
        assertThat(LiveProcess.of(process.pid())).isEmpty();
    }

    @Test
    void anotherProcessWithTheSamePidIsNotThisOne() throws Exception {
        LiveProcess live = start("exec sleep 60");

        var earlier = new LiveProcess(live.pid(), "1" + live.mark());

        assertThat(earlier.state()).isEqualTo(LiveProcess.ProcessState.GONE);
        assertThat(earlier.terminate(Duration.ZERO)).isEqualTo(LiveProcess.TerminateResult.ALREADY_GONE);
        assertThat(live.mayRun()).isTrue();
    }

    @Test
    void onLinuxNoClockIsAskedAndAnotherStartOfTheMachineIsAnotherProcess() throws Exception {
        assumeThat(new File("/proc/self/stat")).exists();
        LiveProcess live = start("exec sleep 60");

        assertThat(live.mark())
                .isEqualTo(Files.readString(Path.of("/proc/" + live.pid() + "/stat"))
                                .split(" ", -1)[21]
                        + "/"
                        + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip());
        assertThat(new LiveProcess(live.pid(), live.mark() + "0").state()).isEqualTo(LiveProcess.ProcessState.GONE);
    }

    @Test
    void whatAnOlderVersionNotedIsComparedByTheClock() throws Exception {
        LiveProcess live = start("exec sleep 60");
        Instant start = process.info().startInstant().orElseThrow();

        assertThat(LiveProcess.startedAt(live.pid(), start.minusSeconds(1)).mayRun())
                .isTrue();
        assertThat(LiveProcess.startedAt(live.pid(), start.minusSeconds(60)).mayRun())
                .isFalse();
        assertThat(LiveProcess.startedBy(live.pid(), start)).contains(live);
        assertThat(LiveProcess.startedBy(live.pid(), start.minusSeconds(60))).isEmpty();
        assertThat(LiveProcess.commandLineContains(live.pid(), "sleep")).isTrue();
        assertThat(LiveProcess.commandLineContains(live.pid(), "katra_mcp_server"))
                .isFalse();
    }

    @Test
    void aProcessIsNotGoneBecauseNothingCanBeRead(@TempDir Path proc) throws Exception {
        LiveProcess live = start("exec sleep 60");
        Path stat = proc.resolve(live.pid() + "/stat");
        assertThat(live.state(proc)).isEqualTo(LiveProcess.ProcessState.GONE);

        Files.createDirectories(stat); // to read a folder fails, as reading does when no more files can be opened
        assertThat(live.state(proc)).isEqualTo(LiveProcess.ProcessState.UNKNOWN);

        Files.delete(stat);
        Files.writeString(stat, live.pid() + " (a ) b) Z 1" + " 0".repeat(48));
        assertThat(live.state(proc)).isEqualTo(LiveProcess.ProcessState.GONE);
    }

    @Test
    void whoseStartCannotBeReadIsNeitherGoneNorTheOneThatIsMeant(@TempDir Path proc) throws Exception {
        assumeThat(new File("/proc/self/stat")).exists();
        LiveProcess live = start("exec sleep 60");
        Instant now = Instant.now();
        assertThat(LiveProcess.startedBy(proc, live.pid(), now)).isEmpty();

        Files.createDirectories(proc.resolve(live.pid() + "/stat"));
        Files.createDirectories(proc.resolve(live.pid() + "/cmdline"));
        assertUnknown(() -> LiveProcess.startedBy(proc, live.pid(), now));
        assertUnknown(() -> LiveProcess.commandLineContains(proc, live.pid(), "sleep"));

        process.destroyForcibly().waitFor();
        assertUnknown(() -> LiveProcess.startedBy(proc, live.pid(), now));
        assertThat(LiveProcess.startedBy(live.pid(), now)).isEmpty();
        assertThat(LiveProcess.commandLineContains(live.pid(), "sleep")).isFalse();
    }

    private static void assertUnknown(ThrowingCallable look) {
        assertThatThrownBy(look)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the system does not say what the process");
    }

    @Test
    void execKeepsTheIdentity() throws Exception {
        process = new ProcessBuilder("/bin/sh", "-c", "echo up; read x; exec sleep 60").start();
        process.getInputStream().read();
        LiveProcess live = LiveProcess.of(process.pid()).orElseThrow();

        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        while (!process.info().command().orElse("").endsWith("sleep")) {
            Thread.onSpinWait();
        }

        assertThat(live.mayRun()).isTrue();
    }

    @Test
    void terminateAsksFirst() throws Exception {
        LiveProcess live = start("trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(live.terminate(Duration.ofSeconds(10))).isEqualTo(LiveProcess.TerminateResult.GRACEFUL);
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void terminateKillsWhatDoesNotListen() throws Exception {
        LiveProcess live = start("trap '' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(live.terminate(Duration.ofMillis(200))).isEqualTo(LiveProcess.TerminateResult.KILLED);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEndedProcessThatNobodyWaitedForIsNotAlive() throws Exception {
        // The shell becomes a sleep, which never waits for the child it inherits.
        process = new ProcessBuilder("/bin/sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        long pid = Long.parseLong(process.inputReader().readLine());
        LiveProcess child = LiveProcess.of(pid).orElseThrow();
        assertThat(child.state()).isEqualTo(LiveProcess.ProcessState.RUNNING);

        while (child.mayRun()) {
            Thread.onSpinWait();
        }

        assertThat(ProcessHandle.of(pid)).as("it is still there, as a zombie").isPresent();
        assertThat(LiveProcess.of(pid)).isEmpty();
    }

    private LiveProcess start(String script) throws Exception {
        String said = script.contains("echo up") ? script : "echo up; " + script;
        process = new ProcessBuilder("/bin/sh", "-c", said).start();
        process.inputReader().readLine();
        return LiveProcess.of(process.pid()).orElseThrow();
    }
}
