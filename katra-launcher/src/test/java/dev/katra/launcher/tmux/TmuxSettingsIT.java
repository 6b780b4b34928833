package dev.katra.launcher.tmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/**
 * Background sessions under what people have in their {@code ~/.tmux.conf}: a real tmux on the default socket of a folder
 * of its own, which reads the configuration of a user of its own.
 */
@Timeout(60)
class TmuxSettingsIT {

    private static final String NAME = "katra-Sam";

    /** Tells that it is up, then waits for a line and fails with last words. */
    private static final List<String> PROGRAM =
            List.of("/bin/sh", "-c", "echo up; read -r line; echo \"last words: $line\"; sleep 0.1; exit 3");

    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private final LocalProcessRunner processes = new LocalProcessRunner();
    private final Map<String, String> caller = new TreeMap<>();

    @BeforeEach
    void prepare() throws Exception {
        caller.put("PATH", System.getenv("PATH"));
        caller.put("TERM", "xterm-256color");
        caller.put("SHELL", "/bin/sh");
        caller.put("HOME", folder.toString());
        caller.put(
                "TMUX_TMPDIR", Files.createTempDirectory(Path.of("/tmp"), "kt-").toString());
    }

    @AfterEach
    void endServer() throws Exception {
        plainTmux("kill-server");
        FileSystemUtils.deleteRecursively(Path.of(caller.get("TMUX_TMPDIR")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set -s exit-empty off",
                "set -g destroy-unattached on",
                "set -g base-index 1 ; setw -g pane-base-index 1 ; set -g renumber-windows on ; set -g detach-on-destroy off",
                "set -g prefix C-a ; unbind C-b ; setw -g automatic-rename on ; setw -g allow-rename on ; set -g set-titles on",
                "set-hook -g after-new-session 'rename-session work'",
                "set-hook -g session-created 'run-shell -b \"sleep 0.1; tmux rename-session -t katra-Sam work\"'",
                "set-hook -g after-new-session 'new-window cat'",
                "set-hook -g session-created 'split-window -h cat'",
                "set -g default-shell /bin/false ; set -g default-command 'exec fish -l'",
                "setw -g remain-on-exit on",
                "setw -g remain-on-exit off ; set-hook -g pane-exited 'display-message gone'",
                "set -g update-environment 'DISPLAY SSH_AUTH_SOCK PATH HOME' ; set-environment -g PATH /nowhere",
                "set -g window-size smallest ; set -g default-size 80x24 ; set -g status-left '#(false):#{session_name}:'",
                "set -g default-terminal tmux-256color ; set -g history-limit 0 ; setw -g alternate-screen off",
                "set -g no-such-option on ; run '~/.tmux/plugins/tpm/tpm'",
                "new-session -d -s main cat ; set -g monitor-activity on ; set -g visual-activity both",
            })
    void aSessionComesUpIsFoundKeepsItsLastWordsAndLeavesNothing(String configuration) throws Exception {
        Files.writeString(folder.resolve(".tmux.conf"), configuration.replace(" ; ", "\n") + "\n");
        if (configuration.contains("exit-empty")) {
            plainTmux("start-server");
        }
        List<String> others = tmux().panes().stream().map(Pane::session).toList();

        Pane made = tmux().newSession(NAME, folder, PROGRAM);
        eventually(() -> assertThat(tmux().capture(made.id(), 0)).startsWith("up"));
        Pane found = tmux().pane(made.pid()).orElseThrow();
        assertThat(found.id()).isEqualTo(made.id());
        assertThat(found.dead()).isFalse();
        assertThat(tmux().detachHint(found))
                .contains(configuration.contains("C-a") ? "Ctrl-A then d" : "Ctrl-B then d");
        assertThat(plainTmux("display-message", "-p", "-t", made.id(), "#{pane_width}x#{window_height}"))
                .matches(size -> configuration.contains("split-window") || size.startsWith("200x50"));

        tmux().type(made.id(), "bye");
        eventually(() -> assertThat(tmux().pane(made.pid())).hasValueSatisfying(pane -> {
            assertThat(pane.dead()).isTrue();
            assertThat(pane.exitCode().orElse(3)).isEqualTo(3);
        }));
        if (!configuration.contains("history-limit 0")) {
            assertThat(tmux().lastLines(made.id(), 1)).containsExactly("last words: bye");
        }

        assertThat(tmux().killSession(made.sessionId())).isTrue();
        eventually(() -> assertThat(tmux().panes()).extracting(Pane::session).containsAll(others));
        assertThat(tmux().pane(made.pid())).isEmpty();
        assertThat(tmux().panes()).extracting(Pane::sessionId).doesNotContain(made.sessionId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set-hook -g after-new-session 'kill-session'",
                "set-hook -g session-created 'kill-server'",
                "set -g destroy-unattached on ; set-hook -g after-new-session 'rename-session work'",
            })
    void aSessionThatTmuxTakesAwayIsSaidToBe(String configuration) throws Exception {
        Files.writeString(folder.resolve(".tmux.conf"), configuration.replace(" ; ", "\n") + "\n");

        Failure failure =
                Assertions.catchThrowableOfType(Failure.class, () -> tmux().newSession(NAME, folder, PROGRAM));

        assertThat(failure).isNotNull();
        assertThat(failure.text()).contains("tmux took the session \"katra-Sam\" away");
    }

    @Test
    void anotherServerAroundItIsNotMeantAndItsPrefixIsPressedFirst() throws Exception {
        Files.writeString(folder.resolve(".tmux.conf"), "set -g prefix C-a\n");
        processes.run(ProcessCommand.of(
                List.of("tmux", "-L", "around", "new-session", "-d", "-s", "mine", "cat"), caller, folder));
        String around = processes
                .run(ProcessCommand.of(
                        List.of("tmux", "-L", "around", "display-message", "-p", "#{socket_path}"), caller, folder))
                .stdout()
                .strip();
        caller.put("TMUX", around + ",1,0");
        try {
            Pane made = tmux().newSession(NAME, folder, PROGRAM);

            assertThat(made.socket()).endsWith("/default");
            assertThat(tmux().attachCommand(made)).startsWith("env", "-u", "TMUX");
            assertThat(tmux().detachHint(made)).startsWith("Ctrl-A Ctrl-A then d");
            caller.put("TMUX", made.socket() + ",1,0");
            assertThat(tmux().attachCommand(made)).contains("switch-client");
            assertThat(tmux().detachHint(made)).startsWith("Ctrl-A then L goes back");
        } finally {
            processes.run(ProcessCommand.of(List.of("tmux", "-L", "around", "kill-server"), caller, folder));
        }
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(holds);
    }

    private Tmux tmux() {
        return new Tmux(processes, caller, folder);
    }

    private String plainTmux(String... arguments) {
        var argv = new ArrayList<>(List.of("tmux"));
        argv.addAll(List.of(arguments));
        Map<String, String> environment = new TreeMap<>(caller);
        environment.remove("TMUX");
        return processes.run(ProcessCommand.of(argv, environment, folder)).stdout();
    }
}
