package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.Api;
import dev.katra.gateway.mock.ModelInput.Turn;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.launcher.tmux.Tmux;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The real Claude Code in its terminal, with a person before it, on models that speak OpenAI's formats. */
@Timeout(120)
class GatewayTerminalIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    /** Nothing answers there. */
    private static final String DEAD = "http://127.0.0.1:9";

    @AfterAll
    static void noKeyIsLeftWhenEverythingIsStopped() throws IOException {
        world.stop();
        assertThat(Traces.of(GatewaySession.KEYS, world.root())).isEmpty();
    }

    @InEitherFormat
    void whatIsInterruptedEndsAtOnceAndTheConversationGoesOn(Api api) throws Exception {
        try (GatewaySession gus = new GatewaySession(world, "Gus", api)) {
            CountDownLatch never = new CountDownLatch(1);
            gus.scripted(
                    Answer.text("Once upon a time\nthere was a light.").heldAfter(2, never),
                    Answer.tools(Part.Call.with("mcp__katra__katra_hear", "wait_seconds", 60)),
                    Answer.text("As you wish."));

            gus.begin("Tell me a story.");
            awaitOnScreen(gus, "Once upon a time");
            Instant pressed = press(gus, "Escape");
            RecordedRequest story = gus.sent().get(0);
            await("the end of the story").atMost(KatraWorld.PATIENCE).until(story::left);
            assertThat(Duration.between(pressed, story.at().plus(story.lasted().orElseThrow())))
                    .as("a second, and what the client takes on a busy machine")
                    .isLessThan(Duration.ofSeconds(2));
            awaitOnScreen(gus, "Interrupted");

            world.write(gus.persona(), "Listen to the others.");
            awaitOnScreen(gus, "Calling katra");
            press(gus, "Escape");
            awaitOnScreen(gus, "Interrupted(?s:.*)Interrupted");

            world.write(gus.persona(), "Never mind.");
            awaitOnScreen(gus, "As you wish");
            assertThat(gus.asked().get(1).turns())
                    .filteredOn(turn -> turn instanceof Turn.Model)
                    .containsExactly(new Turn.Model("Once upon a time\nthere w"));
            assertThat(gus.asked().get(2).result("mcp__katra__katra_hear"))
                    .hasValueSatisfying(result -> assertThat(result).startsWith("Error: "));
            assertThat(gus.asked().get(2).prompt()).endsWith("Never mind.");
            await("the count").atMost(KatraWorld.PATIENCE).untilAsserted(() -> {
                JsonNode used = world.session(gus.persona()).path("usage");
                assertThat(used.path("requests").asInt()).isEqualTo(3);
                assertThat(used.path("errors").asInt()).isZero();
                assertThat(used.path("unreported").asInt())
                        .as("the interrupted one")
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void aSessionHasAKeyAndAWayToTheGatewayAroundAProxy() throws Exception {
        try (GatewaySession pia = new GatewaySession(world, "Pia", Api.CHAT)) {
            pia.set("http_proxy", DEAD)
                    .set("https_proxy", DEAD)
                    .set("ALL_PROXY", DEAD)
                    .set("NO_PROXY", "example.org");
            pia.scripted(Answer.text("Here I am."));

            pia.begin("Are you there?");
            awaitOnScreen(pia, "Here I am");

            JsonNode row = world.session(pia.persona());
            assertThat(row.path("route").asString("")).isEqualTo("gateway");
            Map<String, String> environment =
                    ProcessTable.environment(row.path("pid").asLong());
            assertThat(environment).containsEntry("HTTPS_PROXY", DEAD).containsEntry("https_proxy", DEAD);
            assertThat(environment.get("NO_PROXY")).isEqualTo("example.org,127.0.0.1,localhost");
            assertThat(environment.get("ANTHROPIC_AUTH_TOKEN")).isEqualTo(pia.key());
        }
    }

    private static Instant press(GatewaySession session, String key) {
        Instant now = Instant.now();
        world.terminal().press(Tmux.sessionName(session.persona()), key);
        return now;
    }

    private static void awaitOnScreen(GatewaySession session, String pattern) {
        await(pattern).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(world.screen(session.persona()))
                .containsPattern(pattern));
    }
}
