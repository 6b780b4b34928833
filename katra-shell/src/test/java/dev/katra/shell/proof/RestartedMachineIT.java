package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.tmux.Pane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of sessions when their machine goes down. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartedMachineIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @Test
    @Order(1)
    void whatRunsAlreadyIsNoErrorForWhoAsksForIt() {
        world.startDemo("Sam", "hello");
        ProcessResult again =
                world.katra("start", "--persona", "Sam", "--provider", "demo", "--isolated", "-b", "--if-missing");

        assertThat(again.exitCode()).isZero();
        assertThat(again.stdout()).isEqualTo("Sam runs already on demo\n");
    }

    @Test
    @Order(2)
    void aForegroundWithoutATerminalIsRefused() {
        for (List<String> words : List.of(
                List.of("start", "--persona", "Eve", "--provider", "demo", "--isolated"),
                List.of("start", "--persona", "Sam", "--replace"))) {
            ProcessResult refused = world.katra(words.toArray(String[]::new));
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.stderr())
                    .contains("a session in the foreground needs a terminal")
                    .contains("hint: add -b");
        }
        assertThat(world.personas("list")).containsExactly("Sam");
    }

    @Test
    @Order(3)
    void afterARestartTheSessionsAreFoundAndComeBackTogether() throws IOException {
        assertThat(world.startDemo("Dario", "hello").stderr()).isEmpty();
        JsonNode before = world.session("Sam");
        ProcessHandle.of(world.serverPid()).orElseThrow().destroyForcibly();
        world.tmux("kill-server");
        await("the end of the clients").atMost(KatraWorld.PATIENCE).until(() -> List.of(before).stream()
                .noneMatch(row -> ProcessHandle.of(row.path("pid").asLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent()));

        await("what has ended").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.katra("list").stderr())
                .contains("no session runs, and 2 ended without katra stop: katra resume --all, or katra list --all"));
        assertThat(world.done("list", "--all"))
                .containsSubsequence("PERSONA", "ENDED", "FOLDER")
                .contains("Sam", "Dario", " ago ", world.folder().toString(), "its process ended");
        JsonNode ended = JsonMapper.shared().readTree(world.done("list", "--all", "--json"));
        assertThat(ended)
                .hasSize(2)
                .allMatch(row -> row.path("state").asString("").equals("ended"));

        ProcessResult back = world.katra("resume", "--all");

        assertThat(back.exitCode()).as(back.stderr()).isZero();
        assertThat(back.stdout()).contains("Sam is up on demo", "Dario is up on demo");
        assertThat(world.personas("list")).containsExactlyInAnyOrder("Sam", "Dario");
        assertThat(world.session("Sam").path("folder")).isEqualTo(before.path("folder"));
        assertThat(world.katra("resume", "--all").stderr()).contains("katra list --all");
    }

    @Test
    @Order(4)
    void aFolderThatIsGoneIsSaidWithTheWayOn() throws IOException {
        Path gone = Files.createDirectory(world.root().resolve("gone"));
        world.done("stop", "--all");
        assertThat(world.katra("list").stderr())
                .isEqualTo("no session runs, and 2 have ended: katra list --all, katra resume NAME…\n");
        assertThat(world.katra("list", "--all").stderr())
                .isEqualTo("no session runs; go on with some: katra resume NAME…\n");
        assertThat(world.katra(
                                "start",
                                "--persona",
                                "Sam",
                                "--provider",
                                "demo",
                                "--isolated",
                                "-b",
                                "--cwd",
                                gone.toString())
                        .ok())
                .isTrue();
        world.done("stop", "Sam");
        Files.delete(gone);

        ProcessResult refused = world.katra("resume", "Sam");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr())
                .contains("the folder of Sam's last session is gone: " + gone)
                .contains("hint: katra resume Sam --cwd FOLDER");
        ProcessResult moved = world.katra("resume", "Sam", "--cwd", ".");
        assertThat(moved.exitCode()).as(moved.stderr()).isZero();
        assertThat(world.session("Sam").path("folder").asString(""))
                .isEqualTo(world.folder().toString());
    }

    @Test
    @Order(5)
    void aCopyOfAHomeLeavesTheSessionsToItsOriginal() throws Exception {
        Path copy = world.root().resolve("copy");
        await("a copy during which no file went away").until(() -> {
            FileSystemUtils.deleteRecursively(copy);
            return new ProcessBuilder("cp", "-a", world.home().root().toString(), copy.toString())
                            .start()
                            .waitFor()
                    == 0;
        });
        long pid = world.session("Sam").path("pid").asLong();

        ProcessResult started = ofHome(copy, "server", "start", "--port", "0");
        try {
            assertThat(started.exitCode()).as(started.stderr()).isZero();
            assertThat(started.stderr())
                    .startsWith("katra: this home is a copy of "
                            + world.home().root().toRealPath() + ", which keeps the sessions that run\n");
            assertThat(ofHome(copy, "list", "--json").stdout()).isEqualTo("[]\n");
            assertThat(ofHome(copy, "list", "--all").stdout()).contains("Sam", "of which this is a copy");
            assertThat(ofHome(copy, "stop", "--all").stderr()).isEqualTo("no session runs\n");
            assertThat(ofHome(copy, "resume", "--all").stderr()).contains("no session has ended without being stopped");
        } finally {
            ofHome(copy, "server", "stop");
        }
        assertThat(world.session("Sam").path("pid").asLong()).isEqualTo(pid);
        assertThat(world.terminal().panes()).extracting(Pane::pid).contains(pid);
        assertThat(ofHome(copy, "server", "start").stderr()).as("said once").doesNotContain("copy");
        ofHome(copy, "server", "stop");
    }

    private static ProcessResult ofHome(Path home, String... words) {
        Map<String, String> variables = world.environment();
        variables.put("KATRA_HOME", home.toString());
        return world.katra(world.folder(), variables, words);
    }
}
