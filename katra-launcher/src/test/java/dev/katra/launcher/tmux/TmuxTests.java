package dev.katra.launcher.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.FakeProcessRunner;
import dev.katra.launcher.process.ProcessResult;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TmuxTests {

    private static final String SOCKET = "/tmp/tmux-0/default";
    private static final Pane SAM = new Pane("%5", "$3", "katra-Sam", SOCKET, 12, false, OptionalInt.empty(), false);

    @TempDir
    Path folder;

    private final FakeProcessRunner processes = new FakeProcessRunner();
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
    void startsADetachedSessionThatIsKnownByItsIdsAndKeepsItsLastLines() {
        processes.answer("$3:%5\n").answer(line("%5", "$3", 4711, "0", "", "0", "renamed"));

        Pane pane = tmux().newSession("katra-Sam", Path.of("/work"), List.of("/bin/sh", "stub", "plan"));

        assertThat(pane).isEqualTo(new Pane("%5", "$3", "renamed", SOCKET, 4711, false, OptionalInt.empty(), false));
        assertThat(String.join(" ", processes.argvs().get(0)))
                .isEqualTo(program + " new-session -d -P -F #{session_id}:#{pane_id} -s katra-Sam -x 200 -y 50"
                        + " -- /bin/sh -c exec sleep 60 ; set-option -t =katra-Sam: destroy-unattached off");
        assertThat(String.join(" ", processes.argvs().get(1)))
                .isEqualTo(program + " set-option -t $3 destroy-unattached off"
                        + " ; set-option -p -t %5 remain-on-exit on"
                        + " ; respawn-pane -k -t %5 -- /bin/sh stub plan"
                        + " ; display-message -p -t %5 " + Pane.FORMAT);
        assertThat(processes.commands()).allMatch(command -> command.folder().equals(Path.of("/work")));
    }

    @Test
    void aServerThatIsJustEndingIsAskedAgain() {
        processes
                .answer(new ProcessResult(1, "", "server exited unexpectedly\n"))
                .answer("$3:%5\n")
                .answer(line("%5", "$3", 1, "0", "", "0", "katra-Sam"));

        assertThat(tmux().newSession("katra-Sam", folder, List.of("/bin/sh")).id())
                .isEqualTo("%5");
    }

    @Test
    void aSessionThatIsTakenAwayAtOnceIsSaidToBe() {
        processes.answer("$3:%5\n").answer(new ProcessResult(1, "", "no such session: $3\n"));

        Failure failure =
                catchThrowableOfType(Failure.class, () -> tmux().newSession("katra-Sam", folder, List.of("/bin/sh")));

        assertThat(failure.text()).startsWith("tmux took the session \"katra-Sam\" away");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("show-hooks"));
    }

    @Test
    void aSemicolonAtTheEndOfAnArgumentIsNotTheEndOfTheCommand() {
        processes.answer("$3:%5\n").answer(line("%5", "$3", 1, "0", "", "0", "katra-Sam"));

        tmux().newSession("katra-Sam", folder, List.of("/bin/sh", "/odd;", "a;b"));

        assertThat(processes.argvs().get(1)).contains("/odd\\;", "a;b");
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
        processes.answer(line("%1", "$1", 12, "0", "", "1", "katra-Sam")
                + line("%2", "$2", 13, "1", "3", "0", "katra-Samantha")
                + line("%3", "$1", 14, "1", "", "0", "other"));

        assertThat(tmux().panes())
                .containsExactly(
                        new Pane("%1", "$1", "katra-Sam", SOCKET, 12, false, OptionalInt.empty(), true),
                        new Pane("%2", "$2", "katra-Samantha", SOCKET, 13, true, OptionalInt.of(3), false),
                        new Pane("%3", "$1", "other", SOCKET, 14, true, OptionalInt.empty(), false));
        assertThat(processes.argvs()).hasSize(1);
    }

    @Test
    void aServerWithoutASessionHasNoPanes() {
        processes
                .answer(new ProcessResult(1, "", "no current target\n"))
                .answer(new ProcessResult(1, "", "no current target\n"));

        assertThat(tmux().panes()).isEmpty();
        assertThat(tmux().killSession("katra-Sam")).isFalse();
    }

    @Test
    void noServerIsNoPanes() {
        processes.answer(new ProcessResult(1, "", "no server running on /tmp/tmux-0/default\n"));

        assertThat(tmux().panes()).isEmpty();
    }

    @Test
    void whatTmuxRefusesIsSaid() {
        processes.answer(new ProcessResult(1, "", "server version is too old for client\n"));

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
        keys("C-b\nNone\n");

        assertThat(tmux().attachCommand(SAM)).containsExactly(program, "attach-session", "-t", "%5");
        assertThat(tmux().detachHint(SAM)).isEqualTo("Ctrl-B then d leaves it running");
    }

    @Test
    void insideTheSameServerTheClientIsSwitchedAndSwitchesBack() {
        caller.put("TMUX", SOCKET + ",17,0");
        keys("C-a\nNone\n");

        assertThat(tmux().attachCommand(SAM)).containsExactly(program, "switch-client", "-t", "%5");
        assertThat(tmux().detachHint(SAM))
                .isEqualTo("Ctrl-A then L goes back to where you are now (tmux switch-client -l)");
    }

    @Test
    void insideAnotherServerTheSessionIsNestedAndItsPrefixPressedTwice() {
        caller.put("TMUX", SOCKET + "-two,17,0");
        keys("C-b\nNone\n");
        keys("C-b\nNone\n");

        List<String> expected = new ArrayList<>(List.of("env", "-u", "TMUX", "-u", "TMUX_PANE"));
        expected.addAll(List.of(program, "attach-session", "-t", "%5"));
        assertThat(tmux().attachCommand(SAM)).isEqualTo(expected);
        assertThat(tmux().detachHint(SAM))
                .isEqualTo("Ctrl-B Ctrl-B then d leaves it (the first is for the tmux around it)");
    }

    @ParameterizedTest
    @CsvSource({
        "C-a, bind-key -T prefix d detach-client, Ctrl-A then d",
        "C-Space, bind-key -r -T prefix C-q detach-client, Ctrl-Space then Ctrl-Q",
        "M-x, bind-key -T prefix D choose-client, Alt-x then : and detach-client",
        "None, bind-key -T prefix d detach-client, tmux detach-client in another pane",
        "`, bind-key -T prefix \\; detach-client, ` then ;",
    })
    void theKeysAreThoseOfThePerson(String prefix, String bindings, String said) {
        assertThat(TmuxKeys.of(prefix + "\nNone\n", bindings + "\n").keysFor("detach-client"))
                .isEqualTo(said);
    }

    @Test
    void theSecondPrefixCountsWhereThereIsNoFirst() {
        assertThat(TmuxKeys.of("None\nC-z\n", "").prefix()).isEqualTo("C-z");
    }

    private void keys(String prefixes) {
        processes
                .answer(prefixes)
                .answer("bind-key    -T prefix d       detach-client\nbind-key -T prefix L switch-client -l\n");
    }

    /** What tmux prints of a pane. */
    private static String line(
            String id, String sessionId, long pid, String dead, String exit, String attached, String name) {
        return String.join(":", id, sessionId, Long.toString(pid), dead, exit, attached, name, SOCKET) + "\n";
    }

    private Tmux tmux() {
        return new Tmux(processes, caller, folder);
    }
}
