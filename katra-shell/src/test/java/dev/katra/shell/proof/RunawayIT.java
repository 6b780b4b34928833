package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Two sessions of the real Claude Code that keep answering each other stop when their turns are used up. */
class RunawayIT {

    private static final int TURNS = 3;

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    @BeforeAll
    static void fewTurns() throws IOException {
        Path home = WORLD.home().create().root();
        Files.writeString(home.resolve("server.properties"), "katra.wake.turns-per-hour=" + TURNS + "\n");
        for (String persona : new String[] {"Ping", "Pong"}) {
            assertThat(WORLD.startDemo(persona, "hello").exitCode()).isZero();
        }
    }

    /** The scripted model does what its mail asks for: it says the rest of the text to the other. */
    @Test
    void stopsAndGoesOnWhenAPersonWantsIt() {
        WORLD.done("say", "--to", "Pong", "say to Ping: say to Pong: ".repeat(10) + "done");

        await("one to have mail and no turn left for it, longer than a turn takes to begin")
                .atMost(KatraWorld.PATIENCE.multipliedBy(2))
                .during(Duration.ofSeconds(12))
                .until(() -> stuck("Ping") || stuck("Pong"));
        int said = WORLD.messages().size();
        // What comes while the first prompt of a session runs begins no turn of its own.
        assertThat(said).isBetween(2 * TURNS - 1, 2 * TURNS + 3);
        assertThat(WORLD.done("list")).contains("turns used up");

        String persona = stuck("Ping") ? "Ping" : "Pong";
        WORLD.done("server", "stop");
        assertThat(stuck(persona)).as("a restart gives nothing back").isTrue();

        Map<String, String> inside = WORLD.environment();
        inside.put("KATRA_SESSION_TOKEN", "a model's");
        ProcessResult refused = WORLD.katra(WORLD.folder(), inside, "wake", persona, "--reset");
        assertThat(refused.exitCode()).as(refused.stdout()).isNotZero();
        assertThat(refused.stderr()).contains("session");
        assertThat(stuck(persona)).as("a model gives itself nothing back").isTrue();
        assertThat(WORLD.messages()).hasSize(said);

        WORLD.done("wake", "Ping", "--reset");
        WORLD.done("wake", "Pong", "--reset");

        await("more to be said")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.messages().size() > said);
    }

    /** Nothing but a person, or time, makes it go on then. */
    private static boolean stuck(String persona) {
        JsonNode session = WORLD.session(persona);
        return session.path("state").asString("").equals("idle")
                && session.path("unread").asInt() > 0
                && session.path("turns").path("used").asInt() >= TURNS;
    }
}
