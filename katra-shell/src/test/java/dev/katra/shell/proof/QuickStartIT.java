package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Vendor;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first page of the guide: one shell with three keys, and three personas on three providers, who talk. */
@Timeout(120)
class QuickStartIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final String ANTHROPIC_KEY = "sk-ant-0123456789-of-dario";
    private static final String OPENAI_KEY = "sk-proj-0123456789-of-sam";
    private static final String DEEPSEEK_KEY = "sk-0123456789-of-charlie-and-nobody-else";
    private static final List<String> KEYS = List.of(ANTHROPIC_KEY, OPENAI_KEY, DEEPSEEK_KEY);

    private static final String FROM_DARIO = "Hello from Dario!";
    private static final String FROM_SAM = "Hi Dario! This is Sam on GPT.";
    private static final String FROM_CHARLIE = "Hi Dario! This is Charlie on DeepSeek.";

    private static final MockUpstream anthropic = MockUpstream.start(Vendor.ANY.withKey(ANTHROPIC_KEY))
            .answering(asked -> talk(asked, FROM_DARIO, FROM_SAM, FROM_CHARLIE));
    private static final MockUpstream openai = MockUpstream.start(
                    Vendor.ANY.withKey(OPENAI_KEY).withModels("gpt-6.1-sol", "gpt-6-luna"))
            .answering(asked -> talk(asked, FROM_SAM, FROM_DARIO));
    private static final MockUpstream deepseek = MockUpstream.start(
                    "/anthropic/v1", Vendor.ANY.withKey(DEEPSEEK_KEY).withModels("deepseek-flash"))
            .answering(asked -> talk(asked, FROM_CHARLIE, FROM_DARIO));

    @SuppressWarnings("NullAway.Init")
    private static CommandLineWatch watch;

    @BeforeAll
    static void startTheThree() throws Exception {
        watch = new CommandLineWatch(Duration.ofMillis(20));
        world.export("ANTHROPIC_API_KEY", ANTHROPIC_KEY);
        world.export("KATRA_ANTHROPIC_ENDPOINT", anthropic.anthropicUrl());
        world.export("OPENAI_API_KEY", OPENAI_KEY);
        world.export("KATRA_OPENAI_ENDPOINT", openai.url());
        world.export("DEEPSEEK_API_KEY", DEEPSEEK_KEY);
        world.export("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", deepseek.anthropicUrl());
        List<Callable<ProcessResult>> starts = List.of(
                () -> start("Dario", "anthropic"), () -> start("Sam", "openai"), () -> start("Charlie", "deepseek"));
        assertThat(KatraWorld.atTheSameMoment(starts))
                .allSatisfy(
                        start -> assertThat(start.exitCode()).as(start.stderr()).isZero());
        await("the end of the conversation")
                .atMost(KatraWorld.PATIENCE)
                .untilAsserted(() -> assertThat(world.screen("Dario")).contains("We are complete."));
    }

    @AfterAll
    static void noKeyWasShownAndNoneIsLeft() throws IOException {
        try {
            world.stop();
            assertThat(Traces.of(KEYS, world.root())).isEmpty();
        } finally {
            watch.close();
            List.of(anthropic, openai, deepseek).forEach(MockUpstream::close);
        }
        assertThat(watch.holding(KEYS)).isEmpty();
    }

    @Test
    void theyTalkWhateverTheirProvider() {
        assertThat(world.messages())
                .extracting(message -> message.path("from").asString("") + ": "
                        + message.path("text").asString(""))
                .containsExactlyInAnyOrder("Dario: " + FROM_DARIO, "Sam: " + FROM_SAM, "Charlie: " + FROM_CHARLIE);
        assertThat(anthropic.asked()).last().satisfies(asked -> assertThat(
                        asked.result("mcp__katra__katra_who_is_here"))
                .hasValueSatisfying(here -> assertThat(here)
                        .contains("\"Dario\"", "\"Sam\"", "\"Charlie\"", "anthropic", "openai", "deepseek")));
    }

    @Test
    void everyProviderSawItsOwnKeyAndModelAlone() {
        assertThat(anthropic.asked()).isNotEmpty().allSatisfy(asked -> assertThat(asked.model())
                .startsWith("claude-"));
        for (MockUpstream provider : List.of(anthropic, openai, deepseek)) {
            provider.assertNothingRejected(); // another key or model would have been
            List<String> foreign = KEYS.stream()
                    .filter(key -> !key.equals(
                            provider == anthropic ? ANTHROPIC_KEY : provider == openai ? OPENAI_KEY : DEEPSEEK_KEY))
                    .toList();
            assertThat(provider.asked()).isNotEmpty();
            assertThat(provider.requests()).allSatisfy(seen -> assertThat(seen + " " + seen.headers() + seen.text())
                    .doesNotContain(foreign));
        }
    }

    @Test
    void whatPassesThroughTheGatewayIsCounted() {
        await("the count").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.usage("Dario", "Sam", "Charlie"))
                .extracting(session -> session.path("persona").asString("") + " "
                        + session.path("route").asString("") + " "
                        + session.path("usage").path("requests").asString("unknown"))
                .containsExactlyInAnyOrder(
                        "Dario gateway " + anthropic.asked().size(),
                        "Sam gateway " + openai.asked().size(),
                        "Charlie gateway " + deepseek.asked().size()));
    }

    @Test
    void anthropicPassesThroughTheGatewayToo() {
        anthropic.replyTo(
                asked -> asked.prompt().equals("Who are you?"),
                Answer.thought("I had better look.").with(Part.Call.with("mcp__katra__katra_whoami")),
                Answer.text("I am Dora."));

        String result = world.done(
                "start",
                "--persona",
                "Dora",
                "--provider",
                "anthropic",
                "--route",
                "gateway",
                "--isolated",
                "--",
                "-p",
                "Who are you?",
                "--output-format",
                "json");
        assertThat(JsonMapper.shared().readTree(result).path("result").asString(""))
                .isEqualTo("I am Dora.");
        JsonNode dora = world.usage("Dora").get(0);
        assertThat(dora.path("route").asString("")).isEqualTo("gateway");
        assertThat(dora.path("usage").path("requests").asInt()).isEqualTo(2);
        assertThat(dora.path("usage").path("outputTokens").asInt()).isEqualTo(60);
        List<RecordedRequest> sent = anthropic.requests().stream()
                .filter(seen -> seen.header("user-agent").contains("sdk-cli"))
                .toList();
        assertThat(sent).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.header("x-api-key")).isEqualTo(ANTHROPIC_KEY);
            assertThat(seen.header("anthropic-beta")).startsWith("claude-code-");
            assertThat(seen.headers()).doesNotContainKey("x-katra-session");
        });
    }

    /** Says its line once it has heard those of others, and if it is the first to speak, waits for theirs then. */
    private static Answer talk(ModelInput asked, String line, String... others) {
        if (!asked.offers("mcp__katra__katra_say")) {
            return Answer.text("Nothing.");
        }
        boolean heard = List.of(others).stream().allMatch(other -> asked.results().stream()
                .anyMatch(result -> result.text().contains(other)));
        boolean said = asked.result("mcp__katra__katra_say").isPresent();
        if (!said && (heard || line.equals(FROM_DARIO))) {
            return Answer.tools(Part.Call.with("mcp__katra__katra_say", "message", line));
        }
        if (!heard) {
            return Answer.tools(Part.Call.with("mcp__katra__katra_hear", "wait_seconds", 20));
        }
        if (line.equals(FROM_DARIO)
                && asked.result("mcp__katra__katra_who_is_here").isEmpty()) {
            return Answer.tools(Part.Call.with("mcp__katra__katra_who_is_here"));
        }
        return Answer.text("We are complete.");
    }

    private static ProcessResult start(String persona, String provider) {
        return world.katra(
                "start",
                "--persona",
                persona,
                "--provider",
                provider,
                "--isolated",
                "-b",
                "--prompt",
                "Greet the others.");
    }
}
