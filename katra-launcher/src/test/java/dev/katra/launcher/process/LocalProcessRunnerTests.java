package dev.katra.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessRunnerTests {

    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path folder;

    private final ProcessRunner processes = new LocalProcessRunner();

    @Test
    void givesExitCodeAndBothOutputs() {
        ProcessResult result = processes.run(sh("echo out; echo err >&2; exit 3"));

        assertThat(result).isEqualTo(new ProcessResult(3, "out\n", "err\n"));
    }

    @Test
    void theEnvironmentIsExact() {
        ProcessResult result =
                processes.run(ProcessCommand.of(List.of("env"), Map.of("PATH", "/usr/bin:/bin", "A", "b c"), folder));

        assertThat(result.stdout().lines()).containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=b c");
    }

    @Test
    void argumentsArriveUnchanged() {
        var argv = List.of("printf", "%s|", "two words", "$(x)", "", "it's", "a\nb");

        assertThat(processes.run(ProcessCommand.of(argv, PATH, folder)).stdout())
                .isEqualTo("two words|$(x)||it's|a\nb|");
    }

    @Test
    void standardInputIsEmptyUnlessGiven() {
        assertThat(processes.run(sh("cat")).stdout()).isEmpty();
        assertThat(processes.run(sh("cat").withStdin("grüß\n")).stdout()).isEqualTo("grüß\n");
    }

    @Test
    void largeOutputsDoNotBlock() {
        ProcessResult result = processes.run(sh("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"));

        assertThat(result.stdout()).hasSize(300_000);
        assertThat(result.stderr()).hasSize(300_000);
    }

    @Test
    void runsInTheFolder() throws Exception {
        assertThat(processes.run(sh("pwd -P")).stdout().strip())
                .isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void looksTheProgramUpOnTheCommandsPath() throws Exception {
        Path tool = Files.writeString(folder.resolve("katra-tool"), "#!/bin/sh\necho found\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));

        ProcessResult result =
                processes.run(ProcessCommand.of(List.of("katra-tool"), Map.of("PATH", "/nowhere:" + folder), folder));

        assertThat(result.stdout()).isEqualTo("found\n");
    }

    @Test
    void missingProgramIsNotFound() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> processes.run(ProcessCommand.of(List.of("no-such-tool"), PATH, folder)));

        assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(failure.text()).contains("no-such-tool");
    }

    @Test
    void missingFolderIsNamedRatherThanTheProgram() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> processes.run(ProcessCommand.of(List.of("env"), PATH, folder.resolve("gone"))));

        assertThat(failure.text()).contains("gone");
    }

    @Test
    void aProgramThatTakesTooLongIsKilled() {
        Path pid = folder.resolve("pid");
        ProcessCommand slow = sh("echo $$ > pid; exec sleep 60").withTimeout(Duration.ofMillis(300));

        Failure failure = catchThrowableOfType(Failure.class, () -> processes.run(slow));

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(pid)
                .satisfies(file -> assertThat(gone(Files.readString(file))).isTrue());
    }

    private static boolean gone(String pid) throws Exception {
        ProcessHandle.of(Long.parseLong(pid.strip()))
                .ifPresent(handle -> handle.onExit().join());
        return true;
    }

    private ProcessCommand sh(String script) {
        return ProcessCommand.of(List.of("/bin/sh", "-c", script), PATH, folder);
    }
}
