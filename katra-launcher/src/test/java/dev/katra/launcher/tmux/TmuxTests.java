package dev.katra.launcher.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.FakeProcesses;
import dev.katra.launcher.process.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmuxTests {

    @TempDir
    Path folder;

    private final FakeProcesses processes = new FakeProcesses();
    private final Map<String, String> caller = new HashMap<>();
    private String program = "";

    @BeforeEach
    void haveTmux() throws Exception {
        Path file = Files.writeString(folder.resolve("tmux"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        program = file.toString();
        caller.put("PATH", folder.toString());
    }

    @Test
    void startsADetachedSessionThatKeepsItsLastLines() {
        processes.answer("4711\n");

        long pid = tmux().newSession("katra-Sam", Path.of("/work"), List.of("/bin/sh", "stub", "plan"));

        assertThat(pid).isEqualTo(4711);
        assertThat(processes.argvs())
                .containsExactly(List.of(
                        program,
                        "new-session",
                        "-d",
                        "-P",
                        "-F",
                        "#{pane_pid}",
                        "-s",
                        "katra-Sam",
                        "-x",
                        "200",
                        "-y",
                        "50",
                        "--",
                        "/bin/sh",
                        "stub",
                        "plan",
                        ";",
                        "set-option",
                        "-w",
                        "-t",
                        "=katra-Sam:",
                        "remain-on-exit",
                        "on",
                        ";",
                        "set-option",
                        "-t",
                        "=katra-Sam:",
                        "destroy-unattached",
                        "off"));
        assertThat(processes.commands().get(0).folder()).isEqualTo(Path.of("/work"));
    }

    @Test
    void aSemicolonAtTheEndOfAnArgumentIsNotTheEndOfTheCommand() {
        processes.answer("1\n");

        tmux().newSession("katra-Sam", folder, List.of("/bin/sh", "/odd;", "a;b"));

        assertThat(processes.argvs().get(0)).contains("/odd\\;", "a;b");
    }

    @Test
    void noVariableButATerminalsReachesTmux() {
        caller.putAll(Map.of("HOME", "/h", "LC_ALL", "C.UTF-8", "TMUX_TMPDIR", "/t", "TERM", "xterm"));
        caller.putAll(Map.of("ANTHROPIC_API_KEY", "secret", "KATRA_SESSION_TOKEN", "t", "TMUX", "/x,1,0"));

        tmux().panes();

        assertThat(processes.commands().get(0).environment())
                .containsOnlyKeys("PATH", "HOME", "LC_ALL", "TMUX_TMPDIR", "TERM");
    }

    @Test
    void anotherSocketIsUsedWhenItIsNamed() {
        caller.put(Tmux.SOCKET_VARIABLE, "mine");

        tmux().killSession("katra-Sam");

        assertThat(processes.argvs())
                .containsExactly(List.of(program, "-L", "mine", "-f", "/dev/null", "kill-session", "-t", "=katra-Sam"));
    }

    @Test
    void readsPanes() {
        processes.answer("12:0::1:katra-Sam\n13:1:3:0:katra-Samantha\n14:1::0:other\n");

        assertThat(tmux().panes())
                .containsExactly(
                        new Pane("katra-Sam", 12, false, OptionalInt.empty(), true),
                        new Pane("katra-Samantha", 13, true, OptionalInt.of(3), false),
                        new Pane("other", 14, true, OptionalInt.empty(), false));
        assertThat(processes.argvs()).hasSize(1);
    }

    @Test
    void noServerIsNoPanes() {
        processes.answer(new Result(1, "", "no server running on /tmp/tmux-0/default\n"));

        assertThat(tmux().panes()).isEmpty();
    }

    @Test
    void whatTmuxRefusesIsSaid() {
        processes.answer(new Result(1, "", "server version is too old for client\n"));

        assertThat(catchThrowableOfType(Failure.class, () -> tmux().panes()).text())
                .isEqualTo("tmux says: server version is too old for client");
    }

    @Test
    void missingTmuxIsSaidWithTheWayToGetIt() {
        caller.put("PATH", "/nowhere");

        Failure failure = catchThrowableOfType(Failure.class, () -> tmux().version());

        assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
        assertThat(failure.text()).isEqualTo("tmux is not installed");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).endsWith("install tmux"));
    }

    @Test
    void outsideTmuxTheTerminalAttaches() {
        processes.answer("katra-Sam:/tmp/tmux-0/default\n");

        assertThat(tmux().attach("katra-Sam")).containsExactly(program, "attach-session", "-t", "=katra-Sam");
    }

    @Test
    void insideTheSameServerTheClientIsSwitched() {
        caller.put("TMUX", "/tmp/tmux-0/default,17,0");
        processes.answer("katra-Sam:/tmp/tmux-0/default\n");

        assertThat(tmux().attach("katra-Sam")).containsExactly(program, "switch-client", "-t", "=katra-Sam");
    }

    @Test
    void insideAnotherServerTheSessionIsNested() {
        caller.put("TMUX", "/tmp/tmux-0/default-two,17,0");
        processes.answer("katra-Sam:/tmp/tmux-0/default\n");

        List<String> expected = new ArrayList<>(List.of("env", "-u", "TMUX", "-u", "TMUX_PANE"));
        expected.addAll(List.of(program, "attach-session", "-t", "=katra-Sam"));
        assertThat(tmux().attach("katra-Sam")).isEqualTo(expected);
    }

    @Test
    void attachToNothingIsNotFound() {
        processes.answer("katra-Samantha:/tmp/tmux-0/default\n");

        assertThat(catchThrowableOfType(Failure.class, () -> tmux().attach("katra-Sam"))
                        .code())
                .isEqualTo(Failure.Code.NOT_FOUND);
    }

    private Tmux tmux() {
        return new Tmux(processes, caller, folder);
    }
}
