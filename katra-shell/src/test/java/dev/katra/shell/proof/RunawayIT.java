package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

        await("both to have used their turns")
                .atMost(KatraWorld.PATIENCE.multipliedBy(2))
                .until(() -> spent("Ping") || spent("Pong"));
        await("silence").atMost(KatraWorld.PATIENCE).until(() -> idle("Ping") && idle("Pong"));
        int said = WORLD.messages().size();
        assertThat(said).isBetween(2 * TURNS - 1, 2 * TURNS + 1);
        assertThat(WORLD.done("list")).contains("turns used up");

        WORLD.done("wake", "Ping", "--reset");
        WORLD.done("wake", "Pong", "--reset");

        await("more to be said")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.messages().size() > said);
    }

    private static boolean spent(String persona) {
        JsonNode turns = WORLD.session(persona).path("turns");
        return turns.path("used").asInt() >= TURNS;
    }

    private static boolean idle(String persona) {
        return WORLD.session(persona).path("state").asString("").equals("idle");
    }
}
