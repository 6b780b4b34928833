package dev.katra.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        assertThat(live.isAlive()).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(live.isAlive()).isFalse();
        assertThat(LiveProcess.of(process.pid())).isEmpty();
    }

    @Test
    void anotherProcessWithTheSamePidIsNotThisOne() throws Exception {
        LiveProcess live = start("exec sleep 60");

        var earlier = new LiveProcess(live.pid(), live.startedAt().minusSeconds(60));
        var shifted = new LiveProcess(live.pid(), live.startedAt().minusSeconds(1));

        assertThat(earlier.isAlive()).isFalse();
        assertThat(earlier.terminate(Duration.ZERO)).isEqualTo(LiveProcess.End.ALREADY_GONE);
        assertThat(shifted.isAlive()).isTrue();
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

        assertThat(live.isAlive()).isTrue();
    }

    @Test
    void terminateAsksFirst() throws Exception {
        LiveProcess live = start("trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(live.terminate(Duration.ofSeconds(10))).isEqualTo(LiveProcess.End.GRACEFUL);
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void terminateKillsWhatDoesNotListen() throws Exception {
        LiveProcess live = start("trap '' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(live.terminate(Duration.ofMillis(200))).isEqualTo(LiveProcess.End.KILLED);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEndedProcessThatNobodyWaitedForIsNotAlive() throws Exception {
        // The shell becomes a sleep, which never waits for the child it inherits.
        process = new ProcessBuilder("/bin/sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        long pid = Long.parseLong(process.inputReader().readLine());
        LiveProcess child = LiveProcess.of(pid).orElseThrow();
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        assertThat(LiveProcess.runs(handle)).isTrue();

        while (child.isAlive()) {
            Thread.onSpinWait();
        }

        assertThat(ProcessHandle.of(pid)).as("it is still there, as a zombie").isPresent();
        assertThat(LiveProcess.of(pid)).isEmpty();
        assertThat(new File("/proc/self/exe").exists() && LiveProcess.runs(handle))
                .isFalse();
    }

    private LiveProcess start(String script) throws Exception {
        String said = script.contains("echo up") ? script : "echo up; " + script;
        process = new ProcessBuilder("/bin/sh", "-c", said).start();
        process.inputReader().readLine();
        return LiveProcess.of(process.pid()).orElseThrow();
    }
}
