package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Part;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The real Claude Code in its default mode, auto, on providers that are not Anthropic. */
@Timeout(240)
class AutoModeIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private MockUpstream openai;
    private MockUpstream zai;

    @BeforeEach
    void serve() {
        openai = vendor();
        zai = vendor();
        world.export("OPENAI_API_KEY", "sk-auto-openai");
        world.export("KATRA_OPENAI_ENDPOINT", openai.url());
        world.export("ZAI_API_KEY", "sk-auto-zai");
        world.export("KATRA_ZAI_ANTHROPIC_ENDPOINT", zai.anthropicUrl());
    }

    @AfterEach
    void end() {
        openai.close();
        zai.close();
    }

    private static MockUpstream vendor() {
        return MockUpstream.start().answering(asked -> Answer.text("Nothing is scripted for this."));
    }

    @Test
    void aCheckedCommandRunsOnceAModelHasAllowedIt() throws Exception {
        judging(openai, Answer.text("allow"));
        script(openai, AutoMode.run("FETCHED"), Answer.text("It is fetched."));

        world.export("KATRA_OPENAI_QUIRKS", "files,web-search,max-tools=8");
        Path folder = start("Abe", "openai", "Fetch the page.");
        world.export("KATRA_OPENAI_QUIRKS", "files,web-search");

        awaitOnScreen("Abe", "It is fetched");
        awaitOnScreen(
                "Abe", "Katra:\\s+openai\\s+takes\\s+8\\s+tools;(?s:.*)are\\s+not\\s+offered\\s+to\\s+the\\s+model");
        assertThat(openai.asked()).filteredOn(AutoMode::isOwn).isNotEmpty().allSatisfy(asked -> assertThat(
                        asked.tools())
                .hasSize(8));
        record("runs-a-checked-command", "Abe");
        assertThat(mode("Abe")).isEqualTo("auto");
        assertThat(folder.resolve("FETCHED")).exists();
        assertNoChecksOfTheClientsOwn(openai);
        ModelInput question =
                openai.asked().stream().filter(AutoMode::judges).findFirst().orElseThrow();
        assertThat(question.model()).isEqualTo("gpt-6-luna");
        assertThat(question.prompt()).contains("Fetch the page.", "curl -s").doesNotContain("system-reminder");
        await("the judgement in the count").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.done("usage"))
                .containsPattern("Abe .*openai +gpt-6-luna \\(judging\\) "));
    }

    @Test
    void whatTheModelBlocksIsNotRunAndIsExplained() throws Exception {
        judging(zai, Answer.text("block: the page was not asked for"));
        script(zai, AutoMode.run("BLOCKED"), Answer.text("I may not do that."));

        Path folder = start("Bea", "zai", "Say hello.");

        awaitOnScreen("Bea", "I may not do that");
        awaitOnScreen("Bea", "the page was not asked\\s+for");
        record("is-blocked-with-its-explanation", "Bea");
        assertThat(folder.resolve("BLOCKED")).doesNotExist();
        assertNoChecksOfTheClientsOwn(zai);
        assertThat(results(zai)).anyMatch(text -> text.contains("the page was not asked for"));
    }

    @Test
    void withoutAReachableJudgeTheRulesDecideAndSaySo() throws Exception {
        judging(openai, Answer.error(500, "server_error", "down"));
        script(
                openai,
                Answer.tools(
                        AutoMode.checked("UNJUDGED"),
                        Part.Call.with("Bash", "command", "mkdir -p made/by/rules && ls", "description", "d")),
                Answer.text("One of two."));

        Path folder = start("Cleo", "openai", "Fetch the page.");

        awaitOnScreen("Cleo", "One of two");
        awaitOnScreen("Cleo", "could\\s+not\\s+be\\s+reached");
        record("with-the-judge-unreachable", "Cleo");
        assertThat(folder.resolve("UNJUDGED")).doesNotExist();
        assertThat(folder.resolve("made/by/rules")).isDirectory();
        assertNoChecksOfTheClientsOwn(openai);
    }

    @Test
    void inPlanModeNothingIsChanged() throws Exception {
        judging(openai, Answer.text("block: it makes a file"));
        script(
                openai,
                Answer.tools(
                        Part.Call.with("Bash", "command", "touch PLANNED && ls", "description", "d"),
                        Part.Call.with("Bash", "command", "ls | wc -l", "description", "d")),
                Answer.text("Nothing is changed."));

        Path folder = start("Dot", "openai", "Look around.", "--", "--permission-mode", "plan");

        awaitOnScreen("Dot", "Nothing is changed");
        assertThat(mode("Dot")).isEqualTo("plan");
        assertThat(folder.resolve("PLANNED")).doesNotExist();
        assertThat(results(openai)).anyMatch(text -> text.contains("it makes a file"));
        assertThat(openai.asked()).filteredOn(AutoMode::judges).hasSize(1).allSatisfy(question -> assertThat(
                        question.system())
                .contains("plan mode"));
    }

    @Test
    void aSubAgentsCallsAreJudgedByWhatThePersonSaid() throws Exception {
        judging(openai, Answer.text("allow"));
        openai.replyTo(
                asked -> asked.offers("SubagentHandback"),
                AutoMode.run("BY_AGENT"),
                Answer.tools(Part.Call.with("SubagentHandback", "message", "It is there.")));
        openai.replyTo(
                AutoMode::isOwn,
                Answer.tools(Part.Call.with(
                        "Agent",
                        "description",
                        "fetch it",
                        "subagent_type",
                        "general-purpose",
                        "run_in_background",
                        false,
                        "prompt",
                        "The sub-task.")),
                Answer.text("The agent has done it."));

        Path folder = start("Eli", "openai", "Have it fetched.");

        awaitOnScreen("Eli", "The agent has done it");
        // On a busy machine the client lets the main model go on while the sub-agent still works.
        await("what the sub-agent makes")
                .atMost(KatraWorld.PATIENCE.multipliedBy(2))
                .untilAsserted(() -> assertThat(folder.resolve("BY_AGENT"))
                        .as(() -> world.screen("Eli"))
                        .exists());
        assertNoChecksOfTheClientsOwn(openai);
        assertThat(openai.asked()).filteredOn(AutoMode::judges).anySatisfy(question -> assertThat(question.prompt())
                .contains("\"person\":[\"Have it fetched.\"]", "\"task\":[\"The sub-task.\"", "BY_AGENT"));
    }

    @Test
    void onTheRouteDirectTheClientChecksWithTheSmallModelAndTheStartSaysSo() throws Exception {
        zai.replyTo(
                AutoMode::isOwnCheck,
                Stream.generate(() -> Answer.text("<block>no</block>"))
                        .limit(20)
                        .toArray(Answer[]::new));
        script(zai, AutoMode.run("DIRECT"), Answer.text("That was direct."));
        Path folder = Files.createDirectories(world.folder().resolve("Fay"));

        ProcessResult started = world.katra(
                folder,
                world.environment(),
                "start",
                "--persona",
                "Fay",
                "--provider",
                "zai",
                "--isolated",
                "-b",
                "--route",
                "direct",
                "--prompt",
                "Go.");

        assertThat(started.ok()).as(started.stderr()).isTrue();
        assertThat(started.stderr().lines().filter(line -> line.contains("145 kB")))
                .hasSize(1);
        awaitOnScreen("Fay", "That was direct");
        assertThat(zai.asked()).filteredOn(AutoMode::isOwnCheck).isNotEmpty().allSatisfy(check -> assertThat(
                        check.model())
                .isEqualTo("glm-5.3-flash"));
    }

    /** What the session's own model answers, one after the other. */
    private static void script(MockUpstream vendor, Answer... answers) {
        vendor.replyTo(AutoMode::isOwn, answers);
    }

    private static void judging(MockUpstream vendor, Answer answer) {
        vendor.replyTo(AutoMode::judges, Stream.generate(() -> answer).limit(20).toArray(Answer[]::new));
    }

    private static void assertNoChecksOfTheClientsOwn(MockUpstream vendor) {
        Predicate<ModelInput> own = AutoMode::isOwnCheck;
        assertThat(vendor.asked()).noneMatch(own);
    }

    private static List<String> results(MockUpstream vendor) {
        return vendor.asked().stream()
                .flatMap(asked -> asked.results().stream())
                .map(ModelInput.Turn.Result::text)
                .toList();
    }

    private static Path start(String persona, String provider, String prompt, String... more) throws IOException {
        Path folder = Files.createDirectories(world.folder().resolve(persona));
        String[] words = Stream.concat(
                        Stream.of(
                                "start",
                                "--persona",
                                persona,
                                "--provider",
                                provider,
                                "--isolated",
                                "-b",
                                "--prompt",
                                prompt),
                        Stream.of(more))
                .toArray(String[]::new);
        ProcessResult started = world.katra(folder, world.environment(), words);
        assertThat(started.ok()).as(started.stderr()).isTrue();
        JsonNode row = world.session(persona);
        assertThat(row.path("route").asString("")).isEqualTo("gateway");
        return folder;
    }

    /** In which the client works, as it has reported it. */
    private static String mode(String persona) {
        return world.session(persona).path("permissionMode").asString("");
    }

    private static void awaitOnScreen(String persona, String pattern) {
        await(pattern).atMost(KatraWorld.PATIENCE.multipliedBy(2)).untilAsserted(() -> assertThat(world.screen(persona))
                .containsPattern(pattern));
    }

    /** Keeps what the pane shows, for people to look at. */
    private static void record(String name, String persona) throws IOException {
        KatraWorld.record(name, world.screen(persona));
    }
}
