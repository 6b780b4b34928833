package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.tmux.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The real Claude Code, in its default mode, at dialogs: Katra sees them come and go, and what they are. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DialogsIT {

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    /** From the moment in which the dialog is on the screen. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final String QUESTION =
            "AskUserQuestion {\"questions\":[{\"question\":\"Which one?\",\"header\":\"Pick\","
                    + "\"multiSelect\":false,\"options\":[{\"label\":\"left\",\"description\":\"a\"},"
                    + "{\"label\":\"right\",\"description\":\"b\"}]}]}";

    @BeforeAll
    static void quinn() {
        assertThat(WORLD.katra(
                                "start",
                                "--persona",
                                "Quinn",
                                "--provider",
                                "demo",
                                "--isolated",
                                "-b",
                                "--prompt",
                                "katra_whoami")
                        .exitCode())
                .isZero();
    }

    @Test
    @Order(1)
    void aQuestionIsSeenAtOnceAndItsMailStaysQueued() {
        ask();

        assertThat(WORLD.session("Quinn").path("dialog").asString("")).isEqualTo("an answer to its question");
        assertThat(WORLD.done("list")).contains("waiting: an answer to its question");
        assertThat(WORLD.done("say", "--json", "--to", "Quinn", "while you ask"))
                .contains("\"waits for a person\":[\"Quinn\"]");
        assertThat(WORLD.delivery("while you ask", "Quinn")).isEqualTo("queued");

        press("Enter");
        await("the mail, once it is answered")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.delivery("while you ask", "Quinn").equals("received"));
        assertThat(WORLD.session("Quinn").path("dialog").isNull()).isTrue();
    }

    @Test
    @Order(2)
    void aDeniedDialogIsNotWaitedForAnyLonger() {
        ask();
        press("Escape");
        await("an idle Quinn").atMost(AT_ONCE.plusSeconds(2)).until(() -> state().equals("idle"));
    }

    @Test
    @Order(3)
    void aDialogThatNoHookTellsOfIsSeenToo() {
        WORLD.write("Quinn", "/permissions");
        await("a waiting Quinn").atMost(KatraWorld.PATIENCE).until(() -> state().equals("waiting"));
        assertThat(WORLD.session("Quinn").path("dialog").asString("")).isEqualTo("a dialog");
        press("Escape");
        await("an idle Quinn").atMost(AT_ONCE.plusSeconds(2)).until(() -> state().equals("idle"));
    }

    @Test
    @Order(4)
    void whatASubAgentHearsStaysUnread() {
        WORLD.done("wake", "Quinn", "never");
        WORLD.type(
                "Quinn",
                "Agent {\"description\":\"listen\",\"subagent_type\":\"general-purpose\",\"prompt\":\"katra_hear"
                        + " {\\\"wait_seconds\\\":60}\"}");
        await("a busy Quinn").atMost(KatraWorld.PATIENCE).until(() -> state().equals("working"));
        WORLD.done("say", "--to", "Quinn", "for Quinn alone");
        await("the end of the turn").atMost(KatraWorld.PATIENCE).until(() -> state().equals("idle"));
        assertThat(WORLD.delivery("for Quinn alone", "Quinn")).isEqualTo("offered");

        WORLD.type("Quinn", "katra_whoami");
        await("the mail").atMost(KatraWorld.PATIENCE).until(() -> WORLD.delivery("for Quinn alone", "Quinn")
                .equals("received"));
    }

    @Test
    @Order(5)
    void whatIsClearedIsNotResumedButNamed() {
        WORLD.write("Quinn", "/clear");
        await("a clear screen").atMost(KatraWorld.PATIENCE).until(() -> !WORLD.screen("Quinn")
                .contains("The script is done"));
        WORLD.type("Quinn", "katra_say {\"message\":\"After the clear.\"}");
        await("Quinn")
                .atMost(KatraWorld.PATIENCE)
                .until(() ->
                        WORLD.said("After the clear.").path("from").asString("").equals("Quinn"));
        await("the end of the turn").atMost(KatraWorld.PATIENCE).until(() -> state().equals("idle"));
        WORLD.done("stop", "Quinn");

        ProcessResult resumed = WORLD.katra("resume", "Quinn", "--prompt", "katra_whoami");

        assertThat(resumed.exitCode()).as(resumed.stderr()).isZero();
        assertThat(resumed.stderr()).contains("going on with conversation", "katra resume Quinn --conversation ");
        await("what was said after the clear").atMost(KatraWorld.PATIENCE).until(() -> WORLD.screen("Quinn")
                .contains("After the clear."));
        assertThat(WORLD.screen("Quinn")).doesNotContain("Which one?");

        Matcher first = named(resumed);
        WORLD.write("Quinn", "/resume");
        await("the picker").atMost(KatraWorld.PATIENCE).until(() -> WORLD.screen("Quinn")
                .contains("Enter to resume"));
        press("Enter"); // the only other one
        await("what was cleared").atMost(KatraWorld.PATIENCE).until(() -> !WORLD.screen("Quinn")
                .contains("Enter to resume"));
        WORLD.type("Quinn", "katra_say {\"message\":\"Back before the clear.\"}");
        await("Quinn").atMost(KatraWorld.PATIENCE).until(() -> WORLD.said("Back before the clear.")
                .path("from")
                .asString("")
                .equals("Quinn"));
        await("the end of the turn").atMost(KatraWorld.PATIENCE).until(() -> state().equals("idle"));
        WORLD.done("stop", "Quinn");
        Matcher second = named(WORLD.katra("resume", "Quinn"));
        assertThat(second.group(1)).as("goes on with").isEqualTo(first.group(2));
        assertThat(second.group(2)).as("was in before").isEqualTo(first.group(1));
    }

    /** The conversation that a resume goes on with, and the one before it. */
    private static Matcher named(ProcessResult resumed) {
        Matcher names = Pattern.compile("going on with conversation (\\w+); Quinn was in (\\w+) before it")
                .matcher(resumed.stderr());
        assertThat(names.find()).as(resumed.stderr()).isTrue();
        return names;
    }

    @Test
    @Order(6)
    void inPlanModeNobodyIsAskedWhetherTheSessionMayTalk() {
        ProcessResult started = WORLD.katra(
                "start",
                "--persona",
                "Paula",
                "--provider",
                "demo",
                "--isolated",
                "-b",
                "--prompt",
                "katra_say {\"message\":\"I plan.\"}\nkatra_hear",
                "--",
                "--permission-mode",
                "plan");
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        await("Paula's turn").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(WORLD.screen("Paula"))
                .contains("The script is done", "\"more\":0"));
        assertThat(WORLD.said("I plan.").path("from").asString("")).isEqualTo("Paula");
    }

    @Test
    @Order(7)
    void aStartRightAfterAnEndIsNotRefused() throws IOException {
        Path claude = Files.writeString(WORLD.temporary().resolve("claude"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> variables = WORLD.environment();
        variables.put("KATRA_CLAUDE", claude.toString());
        for (int i = 0; i < 3; i++) {
            ProcessResult start = WORLD.katra(
                    WORLD.folder(),
                    variables,
                    "start",
                    "--persona",
                    "Pat",
                    "--provider",
                    "demo",
                    "--isolated",
                    "--",
                    "-p",
                    "hi");
            assertThat(start.exitCode()).as(start.stderr()).isZero();
        }
    }

    private static void ask() {
        WORLD.type("Quinn", QUESTION);
        await("the question")
                .pollInterval(Duration.ofMillis(50))
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.screen("Quinn").contains("Enter to select"));
        await("a waiting Quinn").atMost(AT_ONCE).until(() -> state().equals("waiting"));
    }

    private static String state() {
        JsonNode row = WORLD.session("Quinn");
        return row.path("state").asString("");
    }

    private static void press(String key) {
        WORLD.terminal().press(Tmux.sessionName("Quinn"), key);
    }
}
