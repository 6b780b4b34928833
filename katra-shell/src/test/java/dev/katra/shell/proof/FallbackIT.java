package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.ModelInput.Turn;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Vendor;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The real Claude Code on a provider that is overloaded, then limited, then well again, with a fallback behind it. */
@Timeout(180)
class FallbackIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    private static final String MODEL = "gpt-6.1-sol";
    private static final String OPENAI_KEY = "sk-openai-" + UUID.randomUUID();
    private static final String DEEPSEEK_KEY = "sk-deepseek-" + UUID.randomUUID();

    private static final List<String> PROMPTS = List.of("What colour has the lamp?", "And now?", "And at last?");

    @SuppressWarnings("NullAway.Init")
    private static MockUpstream openai;

    @SuppressWarnings("NullAway.Init")
    private static MockUpstream deepseek;

    @SuppressWarnings("NullAway.Init")
    private static CommandLineWatch watch;

    @BeforeAll
    static void serve() throws IOException {
        watch = new CommandLineWatch(Duration.ofMillis(50));
        openai = MockUpstream.start(Vendor.ANY.withKey(OPENAI_KEY)).answering(asked -> Answer.text("aside"));
        deepseek = MockUpstream.start(Vendor.ANY.withKey(DEEPSEEK_KEY)).answering(asked -> Answer.text("aside"));
        world.export("OPENAI_API_KEY", OPENAI_KEY);
        world.export("KATRA_OPENAI_ENDPOINT", openai.url());
        world.export("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", deepseek.anthropicUrl());
        world.export("KATRA_DEEPSEEK_PRICES", "1/2");
        Files.writeString(
                KatraHome.privateFolder(world.home().root()).resolve("server.properties"),
                "katra.gateway.fallback.pause=1s\n");
    }

    @AfterAll
    static void noKeyWasShownAndNoneIsLeft() throws IOException {
        world.stop();
        watch.close();
        openai.close();
        deepseek.close();
        assertThat(watch.holding(List.of(OPENAI_KEY, DEEPSEEK_KEY))).isEmpty();
        assertThat(Traces.of(List.of(OPENAI_KEY, DEEPSEEK_KEY), world.root())).isEmpty();
    }

    @Test
    void theClientSeesOneAnswerToEachPromptWhoeverGivesIt() throws Exception {
        ProcessResult refused = start("Nora");
        assertThat(refused.ok()).isFalse();
        assertThat(refused.stderr())
                .contains("API key not found for deepseek, the fallback of openai", "export DEEPSEEK_API_KEY=");

        world.export("DEEPSEEK_API_KEY", DEEPSEEK_KEY);
        Path note = Files.writeString(world.folder().resolve("note.txt"), "the light is red\n");
        openai.replyTo(
                FallbackIT::isOfTheConversation,
                Answer.error(529, "overloaded", "Overloaded"),
                Answer.rateLimit(3),
                Answer.text("The lamp is blue again."));
        deepseek.replyTo(
                FallbackIT::isOfTheConversation,
                Answer.thought("I must look.").with(Part.Call.with("Read", "file_path", note.toString())),
                Answer.text("The lamp is red."),
                Answer.text("The lamp is green."));

        ProcessResult start = start("Fay", "--prompt", "What colour has the lamp?");
        assertThat(start.ok()).as(start.stderr()).isTrue();
        awaitOnScreen("The lamp is red.");
        assertThat(world.katra("list").stderr()).contains("Fay is answered by deepseek (deepseek-flash) for ");
        JsonNode answeredBy = world.session("Fay").path("answeredBy");
        assertThat(answeredBy.path("provider").asString("")).isEqualTo("deepseek");
        awaitOnScreen("deepseek (deepseek-flash) answers in its place");

        world.type("Fay", "And now?");
        awaitOnScreen("The lamp is green.");

        await("the time that openai asks for").pollDelay(Duration.ofSeconds(3)).until(() -> true);
        world.type("Fay", "And at last?");
        awaitOnScreen("The lamp is blue again.");
        awaitOnScreen("openai answers again");
        assertThat(world.katra("list").stderr()).doesNotContain("answered by");

        List<ModelInput> asked =
                openai.asked().stream().filter(FallbackIT::isOfTheConversation).toList();
        assertThat(asked).as("once, tried once more, and well").hasSize(3);
        assertThat(asked.get(2).turns())
                .filteredOn(Turn.Model.class::isInstance)
                .containsExactly(new Turn.Model("The lamp is red."), new Turn.Model("The lamp is green."));
        assertThat(asked.get(2).prompts())
                .filteredOn(prompt -> prompt.endsWith("?"))
                .hasSize(3);
        assertThat(openai.requests()).noneMatch(seen -> holds(seen, DEEPSEEK_KEY));
        assertThat(deepseek.requests()).noneMatch(seen -> holds(seen, OPENAI_KEY));
        assertThat(deepseek.rejections()).isEmpty();
        assertThat(openai.rejections()).isEmpty();
        assertCounted();
    }

    private static void assertCounted() {
        long answered = deepseek.asked().stream()
                .filter(asked -> asked.model().equals("deepseek-flash"))
                .count();
        await("the count").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.usage("Fay").get(0).path("models"))
                .filteredOn(model -> model.path("model").asString("").equals("deepseek-flash"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.path("usage").path("requests").asLong()).isEqualTo(answered);
                    assertThat(model.path("usage").path("errors").asLong()).isZero();
                    assertThat(model.path("usage").path("costUsd").isNull()).isFalse();
                }));
    }

    /** Whether one of our prompts is asked, rather than something of the client's own, such as a suggestion. */
    private static boolean isOfTheConversation(ModelInput asked) {
        return PROMPTS.contains(asked.prompt())
                && (asked.model().equals(MODEL) || asked.model().equals("deepseek-flash"))
                && asked.offers("Read");
    }

    private static boolean holds(RecordedRequest seen, String key) {
        return seen.headers().toString().contains(key) || seen.text().contains(key);
    }

    private static void awaitOnScreen(String text) {
        await(text).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.screen("Fay").replaceAll("\\s+", " "))
                .contains(text));
    }

    private static ProcessResult start(String persona, String... more) {
        String[] words = {"start", persona, "--provider", "openai", "--fallback", "deepseek", "--isolated", "-b"};
        return world.katra(
                Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
    }
}
