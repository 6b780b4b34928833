package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import dev.katra.shell.docs.GuideSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code katra demo} as somebody types it who has a Sam of their own. */
@Timeout(300)
class DemoIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @Test
    void playsInAHomeOfItsOwnAsOftenAsAskedAndGoesWithoutATrace() throws IOException {
        assertThat(world.startDemo("Sam", "katra_whoami").exitCode()).isZero();
        long ownSam = world.session("Sam").path("pid").asLong();

        assertPlays(world.katra("demo", "--yes"));
        assertThat(world.done("demo", "list", "--json")).contains("Dario", "Sam", "Charlie");
        assertThat(world.done("demo", "recall", "release")).contains("Thursday");
        assertPlays(world.katra("demo", "--yes"));

        assertThat(world.list()).hasSize(1);
        assertThat(world.session("Sam").path("pid").asLong()).isEqualTo(ownSam);
        assertThat(world.messages()).isEmpty();
        assertThat(world.done("personas")).isEqualTo("Sam\n");
        assertThat(world.done("recall", "release")).doesNotContain("Thursday");

        assertThat(world.done("demo", "end")).isEqualTo("ended, and nothing of it is left\n");
        assertNothingIsLeft();
        assertThat(world.done("demo", "end")).isEqualTo("there is no demo\n");
        assertThat(world.katra("demo", "list").stderr()).contains("there is no demo", "katra demo starts it");
        assertThat(world.session("Sam").path("pid").asLong()).isEqualTo(ownSam);
    }

    @Test
    @Tag("long")
    void ctrlCEndsIt() throws Exception {
        Path said = world.temporary().resolve("said");
        String line =
                "'" + world.commandLine("demo").get(0) + "' demo --yes 2>'" + said + "'; echo $? >>'" + said + "'";
        assertThat(world.tmux("new-session", "-d", "-s", "person", "/bin/sh", "-c", line)
                        .ok())
                .isTrue();
        await("the sessions")
                .atMost(Duration.ofMinutes(2)) // a server and the first session
                .untilAsserted(() -> assertThat(said).content().contains("Starting Dario"));

        assertThat(world.tmux("send-keys", "-t", "=person:", "C-c").ok()).isTrue();

        await("its end").atMost(Duration.ofMinutes(2)).until(() -> Files.readString(said)
                .endsWith("130\n"));
        assertThat(Files.readString(said)).contains("ending the demo's sessions", "nothing of it is left");
        assertNothingIsLeft();
    }

    private static void assertPlays(ProcessResult demo) throws IOException {
        assertThat(demo.exitCode()).as(demo.stderr()).isZero();
        assertThat(spoken(demo.stdout()))
                .as("what the README shows")
                .containsExactlyInAnyOrderElementsOf(inTheReadme());
        assertThat(demo.stdout().lines())
                .hasSize(6)
                .last()
                .asString()
                .endsWith("Dario: That is all. The room and the memory stay.");
    }

    /** Who says what, without number and time: the two who are asked at once answer in either order. */
    private static List<String> spoken(String conversation) {
        return conversation
                .lines()
                .map(line -> line.replaceFirst("^#\\d \\d\\d:\\d\\d:\\d\\d ", ""))
                .toList();
    }

    private static List<String> inTheReadme() throws IOException {
        return GuideSteps.of(Program.root().resolve("README.md")).stream()
                .filter(step -> step.text().equals("./katra demo"))
                .map(GuideSteps.Step::output)
                .filter(Objects::nonNull)
                .map(DemoIT::spoken)
                .findFirst()
                .orElseThrow();
    }

    private static void assertNothingIsLeft() {
        Path home = world.home().root().resolve("demo");
        assertThat(home).doesNotExist();
        await("the end of its processes")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> ProcessTable.mentioning(home.toString()).isEmpty());
    }
}
