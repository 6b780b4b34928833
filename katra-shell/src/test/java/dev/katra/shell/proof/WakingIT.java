package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real Claude Code, idle in tmux on the scripted model, is woken by its mail and by nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WakingIT {

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    @BeforeAll
    static void sam() {
        start("Sam");
    }

    @Test
    @Order(1)
    void wakesAnIdleSessionAgainAndAgain() {
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(n -> wakes("call " + n)))
                .as("how long it takes from the word to the prompt that has it; other tests run beside it")
                .anyMatch(took -> took.compareTo(Duration.ofSeconds(2)) < 0);
    }

    @Test
    @Order(2)
    void leavesASessionAloneThatIsNotMeant() {
        WORLD.done("say", "for the room");
        WORLD.done("wake", "Sam", "never");
        WORLD.done("say", "--to", "Sam", "for later");
        wakes("Dora", "hello Dora");
        assertThat(WORLD.delivery("for the room", "Sam")).isEqualTo("queued");
        assertThat(WORLD.delivery("for later", "Sam")).isEqualTo("queued");

        WORLD.done("wake", "Sam", "direct");

        await("the mail that waited").atMost(KatraWorld.PATIENCE).until(() -> WORLD.delivery("for later", "Sam")
                .equals("received"));
        assertThat(WORLD.delivery("for the room", "Sam")).isEqualTo("received");
    }

    @Test
    @Order(3)
    void wakesASessionThatHasOutlivedItsServer() {
        WORLD.done("server", "stop");
        WORLD.done("server", "start");
        wakes("after the restart");
    }

    @Test
    @Order(4)
    void givesABusySessionItsMailWhenTheTurnIsOver() {
        WORLD.type("Sam", "Bash {\"command\":\"timeout 12 tail -f /dev/null\"}");
        await("a busy Sam")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.session("Sam").path("state").asString("").equals("working"));
        WORLD.done("say", "--to", "Sam", "while you work");
        assertThat(WORLD.delivery("while you work", "Sam")).isEqualTo("queued");
        await("the mail").atMost(KatraWorld.PATIENCE).until(() -> WORLD.delivery("while you work", "Sam")
                .equals("received"));
        assertThat(WORLD.screen("Sam")).doesNotContain("Interrupted");
    }

    @Test
    @Order(5)
    @Tag("long")
    void wakesASessionThatWasIdleForTenMinutes() throws InterruptedException {
        TimeUnit.MINUTES.sleep(11);
        wakes("after ten minutes");
    }

    private static Duration wakes(String text) {
        return wakes("Sam", text);
    }

    /** Says it to an idle session and waits until its model has it; returns how long the prompt with it took to begin. */
    private static Duration wakes(String persona, String text) {
        if (!WORLD.personas("who").contains(persona)) {
            start(persona);
        }
        await("an idle " + persona)
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.session(persona).path("state").asString("").equals("idle"));
        WORLD.done("say", "--to", persona, text);
        long said = System.nanoTime();
        await("a prompt of " + persona + " with: " + text)
                .pollInterval(Duration.ofMillis(50))
                .atMost(KatraWorld.PATIENCE)
                .until(() -> !WORLD.delivery(text, persona).equals("queued"));
        Duration took = Duration.ofNanos(System.nanoTime() - said);
        await("the model of " + persona + " to have: " + text)
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.delivery(text, persona).equals("received"));
        return took;
    }

    private static void start(String persona) {
        assertThat(WORLD.katra(
                                "start",
                                "--persona",
                                persona,
                                "--provider",
                                "demo",
                                "--isolated",
                                "-b",
                                "--prompt",
                                "hello",
                                "--",
                                "--settings",
                                "{\"permissions\":{\"allow\":[\"Bash\"]}}")
                        .exitCode())
                .isZero();
    }
}
