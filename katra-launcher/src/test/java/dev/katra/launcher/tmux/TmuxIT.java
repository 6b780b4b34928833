package dev.katra.launcher.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TmuxIT {

    @TempDir
    Path folder;

    private final LocalProcessRunner processes = new LocalProcessRunner();
    private final Map<String, String> caller = new HashMap<>();
    private final String socket = "katra-test-" + UUID.randomUUID();

    @BeforeEach
    void prepare() {
        caller.put("PATH", System.getenv("PATH"));
        caller.put("TERM", "xterm-256color");
        caller.put("HOME", folder.toString());
        caller.put("TMUX_TMPDIR", folder.toString());
        caller.put("OPENAI_API_KEY", "sk-must-not-travel");
        caller.put(Tmux.SOCKET_VARIABLE, socket);
    }

    @AfterEach
    void endServer() {
        plainTmux("kill-server");
    }

    @Test
    void noServerHasNoPanesAndNothingToKill() {
        assertThat(tmux().version()).startsWith("tmux ");
        assertThat(tmux().panes()).isEmpty();
        assertThat(tmux().killSession("katra-Sam")).isFalse();
        assertThat(tmux().pane(1)).isEmpty();
    }

    @Test
    void aProgramThatEndsAtOnceLeavesItsPane() {
        for (int i = 0; i < 10; i++) {
            String name = "katra-Short" + i;

            Pane made = tmux().newSession(name, folder, List.of("/bin/sh", "-c", "exit 3"));
            // tmux calls a pane dead a moment before it knows how its program ended, and now and then never knows.
            waitFor(() -> tmux().pane(made.pid())
                    .filter(pane -> pane.session().equals(name) && pane.dead())
                    .filter(pane -> pane.exitCode().orElse(3) == 3)
                    .isPresent());
        }
    }

    @Test
    void aDeadPaneShowsItsLastLines() {
        // tmux itself loses what is written in the very moment of the end, hence the pause.
        String script = "i=0; while [ $i -lt 120 ]; do i=$((i+1)); echo line $i; done; echo; sleep 0.2; exit 3";

        tmux().newSession("katra-Sam", folder, List.of("/bin/sh", "-c", script));
        waitUntilDead("katra-Sam");

        assertThat(tmux().lastLines("katra-Sam", 3)).containsExactly("line 118", "line 119", "line 120");
    }

    @Test
    void namesThatArePrefixesOfEachOtherAreKeptApart() {
        tmux().newSession("katra-Samantha", folder, List.of("/bin/sh", "-c", "echo I am Samantha; exec cat"));

        assertThat(tmux().killSession("katra-Sam")).isFalse();
        assertThat(catchThrowableOfType(Failure.class, () -> tmux().capture("katra-Sam", 0)))
                .isNotNull();

        Pane sam = tmux().newSession("katra-Sam", folder, List.of("/bin/sh", "-c", "echo I am Sam; exec cat"));
        tmux().type("katra-Sam", "for Sam;");
        waitFor(() -> tmux().capture("katra-Sam", 0).contains("for Sam;"));

        assertThat(tmux().capture("katra-Samantha", 0)).doesNotContain("for Sam");
        assertThat(tmux().attachCommand(sam)).endsWith("attach-session", "-t", sam.id());
        assertThat(tmux().killSession("katra-Sam")).isTrue();
        assertThat(tmux().panes()).extracting(Pane::session).containsExactly("katra-Samantha");
    }

    @Test
    void aSecondSessionOfTheSameNameIsAConflict() {
        tmux().newSession("katra-Sam", folder, List.of("sleep", "60"));

        Failure failure = catchThrowableOfType(
                Failure.class, () -> tmux().newSession("katra-Sam", folder, List.of("sleep", "60")));

        assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(tmux().panes()).hasSize(1);
    }

    @Test
    void thePidIsThatOfTheProgramItself() {
        long pid =
                tmux().newSession("katra-Sam", folder, List.of("sleep", "60")).pid();
        LiveProcess process = LiveProcess.of(pid).orElseThrow();

        assertThat(process.terminate(Duration.ofSeconds(5))).isEqualTo(LiveProcess.TerminateResult.GRACEFUL);
        waitUntilDead("katra-Sam");
        assertThat(tmux().panes()).extracting(Pane::pid).containsExactly(pid);
    }

    @Test
    void folderAndArgumentsAreTakenLiterally() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("it's #(touch pwned) #{pid} $(x);"));

        tmux().newSession(
                        "katra-Sam",
                        odd,
                        List.of("/bin/sh", "-c", "printf '%s\\n' \"$PWD\" \"$@\"; exec cat", "x", "#(y);"));
        waitFor(() -> tmux().capture("katra-Sam", 0).contains("#(y);"));

        assertThat(tmux().lastLines("katra-Sam", 2))
                .containsExactly(odd.toRealPath().toString(), "#(y);");
        assertThat(odd).isEmptyDirectory();
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void noKeyEntersAServerThatWeStart() {
        tmux().newSession("katra-Sam", folder, List.of("sleep", "60"));

        assertThat(plainTmux("show-environment", "-g")).contains("PATH=").doesNotContain("sk-must-not-travel");
    }

    @Test
    void sessionsSurviveAConfigurationThatEndsUnattachedOnes() {
        plainTmux("new-session", "-d", "-s", "own", "sleep", "60", ";", "set-option", "destroy-unattached", "off");
        plainTmux("set-option", "-g", "destroy-unattached", "on");

        tmux().newSession("katra-Sam", folder, List.of("sleep", "60"));

        assertThat(tmux().panes()).extracting(Pane::session).contains("katra-Sam");
    }

    private Tmux tmux() {
        return new Tmux(processes, caller, folder);
    }

    private String plainTmux(String... arguments) {
        var argv = new ArrayList<>(List.of("tmux", "-L", socket, "-f", "/dev/null"));
        argv.addAll(List.of(arguments));
        var environment = Map.of("PATH", System.getenv("PATH"), "TMUX_TMPDIR", folder.toString());
        return processes.run(ProcessCommand.of(argv, environment, folder)).stdout();
    }

    private void waitUntilDead(String name) {
        waitFor(() -> tmux().panes().stream().anyMatch(pane -> pane.session().equals(name) && pane.dead()));
    }

    private static void waitFor(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
        }
    }
}
