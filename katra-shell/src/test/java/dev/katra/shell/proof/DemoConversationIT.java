package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Sessions of the real Claude Code that talk, remember and survive, on the scripted model. */
@Timeout(120)
class DemoConversationIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final List<String> TEAM = List.of("Dario", "Sam", "Charlie", "Ruth");

    @SuppressWarnings("NullAway.Init")
    private static List<ProcessResult> starts;

    @BeforeAll
    static void startAllAtTheSameMoment() throws Exception {
        starts = KatraWorld.atTheSameMoment(TEAM.stream()
                .map(persona -> (Callable<ProcessResult>) () -> world.startDemo(persona, "katra_whoami"))
                .toList());
        assertThat(starts)
                .allSatisfy(
                        start -> assertThat(start.exitCode()).as(start.stderr()).isZero());
        TEAM.forEach(persona -> awaitResult(persona, "katra_whoami", persona));
        // What follows is about mail that sessions ask for themselves.
        TEAM.forEach(persona -> world.done("wake", persona, "never"));
    }

    @Test
    void fourStartsAtTheSameMomentGiveFourSessionsAndOneServer() {
        for (int i = 0; i < TEAM.size(); i++) {
            assertThat(starts.get(i).exitCode()).as(starts.get(i).stderr()).isZero();
            assertThat(starts.get(i).stdout()).startsWith(TEAM.get(i) + " is up on demo");
        }
        assertThat(world.list())
                .filteredOn(row -> TEAM.contains(row.path("persona").asString("")))
                .hasSize(TEAM.size())
                .allSatisfy(row -> {
                    assertThat(row.path("provider").asString("")).isEqualTo("demo");
                    assertThat(row.path("model").asString("")).isEqualTo("demo");
                    assertThat(row.path("route").asString("")).isEqualTo("direct");
                    assertThat(row.path("tmuxSession").asString(""))
                            .isEqualTo("katra-" + row.path("persona").asString(""));
                });
        assertThat(world.processes())
                .filteredOn(pid -> ProcessTable.commandLine(pid).contains("katra_mcp_server"))
                .hasSize(1);
    }

    @Test
    void whatOneSaysTheOtherHears() {
        world.type("Sam", "katra_hear {\"wait_seconds\":60}");
        world.type("Dario", "katra_say {\"message\":\"The build is green.\",\"to\":[\"Sam\"]}");

        awaitResult("Sam", "katra_hear", "Dario", "The build is green.");
        assertThat(world.said("The build is green.").path("from").asString("")).isEqualTo("Dario");
        assertThat(world.transcript("Charlie").results("katra_hear")).isEmpty();

        world.type("Sam", "katra_hear");
        await("the receipt").atMost(KatraWorld.PATIENCE).until(() -> world.delivery("The build is green.", "Sam")
                .equals("received"));
    }

    @Test
    void whatOneRemembersTheOtherRecalls() {
        world.type("Sam", "katra_remember {\"content\":\"The staging database listens on port 5544.\"}");
        awaitResult("Sam", "katra_remember", "");
        world.type("Dario", "katra_recall {\"query\":\"which port is staging on?\"}");

        awaitResult("Dario", "katra_recall", "Sam", "port 5544");
        assertThat(world.done("recall", "staging port", "--json")).contains("Sam", "port 5544");
    }

    @Test
    void everySessionSeesWhomTheLauncherStarted() {
        world.type("Charlie", "katra_who_is_here");

        awaitResult("Charlie", "katra_who_is_here", here("Dario"), here("Sam"), here("Charlie"));
        assertThat(world.personas("who")).containsAll(TEAM);
    }

    @Test
    void aKilledServerLosesNeitherSessionsNorMessages() {
        world.type("Ruth", "katra_say {\"message\":\"Written before the crash.\",\"to\":[\"Dario\"]}");
        awaitSaid("Ruth", "Written before the crash.");
        assertThat(world.delivery("Written before the crash.", "Dario")).isEqualTo("queued");
        List<Long> before = pids(TEAM);
        long server = world.serverPid();
        kill(server);

        assertThat(pids(TEAM)).isEqualTo(before);
        assertThat(world.serverPid()).isNotEqualTo(server);
        world.type("Dario", "katra_hear");
        await("the mail that comes with the prompt").atMost(KatraWorld.PATIENCE).until(() -> world.delivery(
                        "Written before the crash.", "Dario")
                .equals("received"));
        world.type("Ruth", "katra_say {\"message\":\"Written after the crash.\",\"to\":[\"Charlie\"]}");
        awaitSaid("Ruth", "Written after the crash.");
    }

    @Test
    void aSecondStartOfARunningPersonaSaysWhereItRuns() {
        ProcessResult second = world.startDemo("Dario", "katra_whoami");

        assertThat(second.exitCode()).isEqualTo(4);
        assertThat(second.stderr()).contains("Dario", "katra attach Dario");
    }

    @Test
    void replaceEndsTheOldSessionFirst() {
        long old = world.session("Charlie").path("pid").asLong();

        world.done(
                "start",
                "--persona",
                "Charlie",
                "--provider",
                "demo",
                "--isolated",
                "-b",
                "--replace",
                "--prompt",
                "katra_whoami");

        assertThat(world.session("Charlie").path("pid").asLong()).isNotEqualTo(old);
        assertThat(ProcessTable.pids()).doesNotContain(old);
    }

    @Test
    void aStoppedSessionResumesItsConversation() throws IOException {
        assertThat(world.startDemo("Eve", "katra_say {\"message\":\"Before the break.\",\"to\":[\"Ruth\"]}")
                        .exitCode())
                .isZero();
        awaitSaid("Eve", "Before the break.");
        await("Eve's turn")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> world.session("Eve").path("state").asString("").equals("idle"));

        assertThat(world.done("stop", "Eve")).isEqualTo("stopped Eve\n");
        assertThat(world.personas("list")).doesNotContain("Eve").containsAll(TEAM);
        assertThat(world.terminal().panes()).noneMatch(pane -> pane.session().equals("katra-Eve"));

        world.done("resume", "Eve", "--prompt", "katra_say {\"message\":\"After the break.\",\"to\":[\"Ruth\"]}");
        awaitSaid("Eve", "After the break.");
        assertThat(world.session("Eve").path("provider").asString("")).isEqualTo("demo");
        List<Path> conversations = world.transcript("Eve").conversations();
        assertThat(conversations).hasSize(1);
        await("the client to write it down").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        Files.readString(conversations.get(0)))
                .contains("Before the break.", "After the break."));
    }

    @Test
    void aKilledSessionIsNotShownAsRunning() throws Exception {
        List<ProcessResult> started = KatraWorld.atTheSameMoment(
                List.of(() -> world.startDemo("Mort", "katra_whoami"), () -> world.startDemo("Nora", "katra_whoami")));
        assertThat(started).allMatch(ProcessResult::ok);
        long mort = world.session("Mort").path("pid").asLong();
        long nora = world.session("Nora").path("pid").asLong();

        kill(mort);
        assertThat(world.personas("list")).doesNotContain("Mort").contains("Nora");

        kill(nora);
        await("Nora to be missed")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !world.personas("who").contains("Nora"));
    }

    @Test
    void aForegroundSessionLeavesNoJavaProcessBehind() throws Exception {
        Path output = world.temporary().resolve("print-mode.out");
        ProcessBuilder builder = new ProcessBuilder(world.commandLine(
                        "start",
                        "--persona",
                        "Penny",
                        "--provider",
                        "demo",
                        "--isolated",
                        "--prompt",
                        "katra_hear {\"wait_seconds\":60}",
                        "--",
                        "-p"))
                .directory(world.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(world.environment());
        Process katra = builder.start();
        try {
            await("claude in the place of ./katra").atMost(KatraWorld.PATIENCE).until(() -> ProcessTable.commandLine(
                            katra.pid())
                    .startsWith(world.environment().get("KATRA_CLAUDE")));
            assertThat(katra.descendants()
                            .map(child -> ProcessTable.commandLine(child.pid()))
                            .filter(line -> line.contains("java")))
                    .isEmpty();
            await("Penny to connect").atMost(KatraWorld.PATIENCE).until(() -> world.personas("list")
                    .contains("Penny"));
            JsonNode row = world.session("Penny");
            assertThat(row.path("pid").asLong()).isEqualTo(katra.pid());
            assertThat(row.path("where").asString("")).isEqualTo("terminal");

            await("Penny's turn, so that the mail does not come with its prompt")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() ->
                            world.session("Penny").path("state").asString("").equals("working"));
            world.done("say", "--as", "Boss", "--to", "Penny", "You may go home.");
            assertThat(katra.waitFor(45, TimeUnit.SECONDS)).isTrue();
            assertThat(katra.exitValue()).isZero();
            assertThat(Files.readString(output)).contains("The script is done.", "Boss", "You may go home.");
            assertThat(world.personas("list")).doesNotContain("Penny");
        } finally {
            katra.destroyForcibly();
        }
    }

    private static void awaitResult(String persona, String tool, String... parts) {
        await(persona + "'s " + tool).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.transcript(persona).results(tool))
                .as(() -> "the screen of " + persona + " is:\n" + world.screen(persona))
                .anySatisfy(result -> assertThat(result).contains(parts)));
    }

    private static void awaitSaid(String persona, String text) {
        await(persona + " to say: " + text).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.said(text).path("from").asString(""))
                .as(() -> "the screen of " + persona + " is:\n" + world.screen(persona))
                .isEqualTo(persona));
    }

    /** How the client passes a session on to the model. */
    private static String here(String persona) {
        return "{\"persona\":\"" + persona + "\",\"provider\":\"demo\",\"model\":\"demo\",";
    }

    private static List<Long> pids(List<String> personas) {
        List<JsonNode> rows = world.list();
        return personas.stream()
                .map(persona -> rows.stream()
                        .filter(row -> row.path("persona").asString("").equals(persona))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(persona + " is not in the list"))
                        .path("pid")
                        .asLong())
                .toList();
    }

    /** SIGKILL, and wait until the process is gone. */
    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await("the end of " + pid).atMost(Duration.ofSeconds(5)).until(() -> ProcessTable.commandLine(pid)
                .isEmpty());
    }
}
