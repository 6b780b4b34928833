package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.Api;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.ModelInput.Turn;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Tokens;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The real Claude Code at work on models that speak OpenAI's formats, in either of them. */
@Timeout(120)
class GatewayIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @SuppressWarnings("NullAway.Init")
    private static CommandLineWatch watch;

    @BeforeAll
    static void startTheServer() {
        watch = new CommandLineWatch(Duration.ofMillis(50));
        world.done("who");
    }

    @AfterAll
    static void noKeyWasShownAndNoneIsLeft() throws IOException {
        world.stop();
        watch.close();
        assertThat(watch.holding(GatewaySession.KEYS)).isEmpty();
        assertThat(Traces.of(GatewaySession.KEYS, world.root())).isEmpty();
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void aFileIsReadAndEdited(Api api) throws Exception {
        try (GatewaySession ed = new GatewaySession(world, "Ed", api)) {
            Path note = Files.writeString(ed.folder().resolve("note.txt"), "the light is red\n");
            ed.scripted(
                    Answer.tools(read(note)),
                    Answer.thought("Green it is.").andText("I change it.").with(edit(note, "red", "green")),
                    Answer.text("It is green now."));

            assertThat(ed.print("Make the light green.")).isEqualTo("It is green now.");

            assertThat(note).hasContent("the light is green\n");
            assertThat(ed.asked().get(1).fresh()).singleElement().satisfies(result -> {
                assertThat(result.tool()).isEqualTo("Read");
                assertThat(result.text()).contains("the light is red");
            });
            assertThat(ed.asked().get(2).fresh()).singleElement().satisfies(result -> {
                assertThat(result.tool()).isEqualTo("Edit");
                assertThat(result.text()).contains("updated successfully");
            });
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void threeToolsAtOnceGiveThreeResultsInOneTurn(Api api) throws Exception {
        try (GatewaySession theo = new GatewaySession(world, "Theo", api)) {
            Path note = Files.writeString(theo.folder().resolve("note.txt"), "one\ntwo\nthree\n");
            theo.scripted(
                    Answer.text("All three.")
                            .with(
                                    read(note),
                                    Part.Call.with("Bash", "command", "wc -l note.txt", "description", "Count lines"),
                                    Part.Call.with("mcp__katra__katra_whoami")),
                    Answer.text("Three lines, and I am Theo."));

            assertThat(theo.print("Who are you, and how long is the note?")).isEqualTo("Three lines, and I am Theo.");

            assertThat(theo.asked()).hasSize(2);
            List<Turn.Result> results = theo.asked().get(1).fresh();
            assertThat(results)
                    .extracting(Turn.Result::tool)
                    .containsExactly("Read", "Bash", "mcp__katra__katra_whoami");
            assertThat(results.get(0).text()).contains("three");
            assertThat(results.get(1).text()).contains("3 note.txt");
            assertThat(results.get(2).text()).contains(theo.persona());
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void anImageIsSeenAsAnImage(Api api) throws Exception {
        try (GatewaySession iris = new GatewaySession(world, "Iris", api)) {
            Path picture = iris.folder().resolve("picture.png");
            ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
            iris.scripted(Answer.tools(read(picture)), Answer.text("It is all black."));

            assertThat(iris.print("What is in the picture?")).isEqualTo("It is all black.");

            ModelInput asked = iris.asked().get(1);
            assertThat(asked.images()).isEqualTo(1);
            assertThat(asked.body().toString())
                    .as("the picture is there once, as a part")
                    .containsOnlyOnce(";base64,")
                    .containsPattern(
                            api == Api.CHAT
                                    ? "\\{\"type\":\"image_url\",\"image_url\":\\{\"url\":\"data:image/png;base64,"
                                    : "\\{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,");
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void subAgentsWorkOnTheirOwnModels(Api api) throws Exception {
        try (GatewaySession agnes = new GatewaySession(world, "Agnes", api)) {
            Path note = Files.writeString(agnes.folder().resolve("note.txt"), "the light is red\n");
            agnes.set("KATRA_OPENAI_SUBAGENT_MODEL", "gpt-6-terra");
            agnes.set("KATRA_OPENAI_HAIKU_MODEL", "gpt-6-luna");
            agnes.mock()
                    .replyTo(
                            asked -> asked.model().equals("gpt-6-terra"),
                            Answer.tools(read(note)),
                            Answer.text("The first saw a red light."))
                    .replyTo(asked -> asked.model().equals("gpt-6-luna"), Answer.text("The second saw nothing."));
            agnes.scripted(
                    Answer.tools(
                            agent("What colour is the light?", "general-purpose"),
                            agent("What shape has the light?", "Explore", "model", "haiku")),
                    Answer.text("It is red, says the first."));

            assertThat(agnes.print("Ask two agents about the light.")).isEqualTo("It is red, says the first.");

            assertThat(agnes.asked()).extracting(ModelInput::model).containsOnly("gpt-6.1-sol");
            assertThat(agnes.askedOf("gpt-6-terra")).hasSize(2).allSatisfy(asked -> assertThat(asked.prompt())
                    .isEqualTo("What colour is the light?"));
            assertThat(agnes.askedOf("gpt-6-luna")).singleElement().satisfies(asked -> assertThat(asked.prompt())
                    .isEqualTo("What shape has the light?"));
            assertThat(agnes.asked().get(1).fresh())
                    .extracting(Turn.Result::text)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("The first saw a red light."),
                            second -> assertThat(second).contains("The second saw nothing."));
            assertThat(world.usage(agnes.persona()).get(0).path("models"))
                    .extracting(model -> model.path("model").asString("") + " "
                            + model.path("usage").path("requests").asInt())
                    .containsExactlyInAnyOrder("gpt-6.1-sol 2", "gpt-6-terra 2", "gpt-6-luna 1");
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void aRateLimitIsWaitedFor(Api api) throws Exception {
        try (GatewaySession rita = new GatewaySession(world, "Rita", api)) {
            rita.scripted(Answer.rateLimit(2), Answer.text("Here I am."));

            assertThat(rita.print("Are you there?")).isEqualTo("Here I am.");

            List<RecordedRequest> sent = rita.sent();
            assertThat(sent).hasSize(2);
            assertThat(Duration.between(sent.get(0).at(), sent.get(1).at())).isGreaterThan(Duration.ofSeconds(2));
            JsonNode used = world.usage(rita.persona()).get(0).path("usage");
            assertThat(used.path("requests").asInt()).isEqualTo(2);
            assertThat(used.path("errors").asInt()).isEqualTo(1);
            assertThat(used.path("inputTokens").asInt()).isEqualTo(120);
            assertThat(used.path("cachedTokens").asInt()).isEqualTo(20);
            assertThat(used.path("outputTokens").asInt()).isEqualTo(30);
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void anAnswerThatBreaksOffIsAskedForAgain(Api api) throws Exception {
        try (GatewaySession brenda = new GatewaySession(world, "Brenda", api)) {
            Path note = Files.writeString(brenda.folder().resolve("note.txt"), "the light is red\n");
            brenda.scripted(
                    Answer.text("This sentence will never come to its end.")
                            .failAfter(2, 500, "server_error", "The server had an error."),
                    Answer.tools(read(note)),
                    Answer.tools(edit(note, "red", "green")).cutAfter(4),
                    Answer.tools(edit(note, "red", "blue")),
                    Answer.text("It is blue now."));

            assertThat(brenda.print("Make the light blue.")).isEqualTo("It is blue now.");

            assertThat(note).hasContent("the light is blue\n");
            assertThat(brenda.asked()).extracting(ModelInput::streams).containsExactly(true, false, true, false, true);
            assertThat(brenda.asked().get(4).results()).hasSize(2);
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void aConversationThatIsTooLongIsSummedUp(Api api) throws Exception {
        try (GatewaySession olga = new GatewaySession(world, "Olga", api)) {
            // The client's own part is about 80 kB, so that the third chapter is too much.
            olga.mock().vendor(olga.vendor().withWindow(146_000 / 4));
            for (int i = 1; i <= 3; i++) {
                Path chapter = olga.folder().resolve("chapter-" + i + ".txt");
                Files.writeString(chapter, (i + ": and it was still going on and on and on.\n").repeat(500));
                olga.scripted(Answer.tools(read(chapter)));
            }
            olga.scripted(Answer.text("<summary>Olga has read two chapters.</summary>"), Answer.text("It went on."));
            olga.refused("context_length_exceeded");

            assertThat(olga.print("Read the chapters.")).isEqualTo("It went on.");

            assertThat(olga.asked()).hasSize(6);
            ModelInput goesOn = olga.asked().get(5);
            assertThat(String.join("\n", goesOn.prompts())).contains("Olga has read two chapters.");
            assertThat(goesOn.results()).singleElement().satisfies(result -> assertThat(result.text())
                    .contains("3: and it was still going on"));
        }
    }

    @InEitherFormat
    @Execution(ExecutionMode.CONCURRENT)
    void aConversationThatFillsTheWindowIsSummedUpInTime(Api api) throws Exception {
        try (GatewaySession wendy = new GatewaySession(world, "Wendy", api)) {
            Path note = Files.writeString(wendy.folder().resolve("note.txt"), "the light is red\n");
            wendy.set("KATRA_OPENAI_CONTEXT_TOKENS", "100000");
            wendy.scripted(
                    Answer.tools(read(note)).taking(new Tokens(90_000, 80_000, 30, 0)),
                    Answer.text("<summary>Wendy has looked.</summary>"),
                    Answer.text("It is red."));

            assertThat(wendy.print("What colour is the light?")).isEqualTo("It is red.");

            assertThat(String.join("\n", wendy.asked().get(2).prompts())).contains("Wendy has looked.");
        }
    }

    private static Part.Call read(Path file) {
        return Part.Call.with("Read", "file_path", file.toString());
    }

    private static Part.Call agent(String prompt, String type, Object... more) {
        List<Object> pairs = new ArrayList<>(List.of("description", "Look at it", "prompt", prompt));
        pairs.addAll(List.of("subagent_type", type, "run_in_background", false));
        pairs.addAll(List.of(more));
        return Part.Call.with("Agent", pairs.toArray());
    }

    private static Part.Call edit(Path file, String old, String changed) {
        return Part.Call.with("Edit", "file_path", file.toString(), "old_string", old, "new_string", changed);
    }
}
