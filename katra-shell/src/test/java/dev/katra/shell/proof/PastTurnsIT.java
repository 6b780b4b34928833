package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was said in a session of the real Claude Code is found later, although no model thought of remembering it. */
@Timeout(240)
class PastTurnsIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @Test
    void whatWasSaidIsRecalledInALaterSessionOfTheSamePersonaAlone() {
        world.startDemo("Ann", "The xylophone listens on port 5544, mind that.");
        awaitTurn("Ann", "asked: The xylophone listens on port 5544, mind that.", "answered: I am Katra's scripted");
        world.done("stop", "Ann");

        String recall = "katra_recall {\"query\":\"which port has the xylophone?\"}";
        world.startDemo("Ann", recall);
        awaitRecall(
                "Ann",
                "\"memories\":[]",
                "\"turns\":[{\"number\":1,\"persona\":\"Ann\"",
                "xylophone listens on port 5544");
        world.startDemo("Ben", recall);
        awaitRecall("Ben", "\"memories\":[]");
        assertThat(world.transcript("Ben").results("katra_recall").toString()).doesNotContain("5544");
        assertThat(world.done("recall", "which port has the xylophone?"))
                .startsWith("from past turns:\nturn #")
                .contains("\nturn #1 Ann, ", "asked: The xylophone listens on port 5544, mind that.");

        world.type("Ann", "/compact keep the ports");
        awaitTurn("Ann", "private, handover", "asked: keep the ports");

        Path projects = world.home().root().resolve("claude-config/Ann/projects");
        assertThat(world.done("turns", "import", projects.toString())).startsWith("imported 0, known already ");
        assertThat(world.done("turns", "forget", "--persona", "Ann")).startsWith("forgotten: ");
        assertThat(world.done("recall", "which port has the xylophone?")).doesNotContain("5544");
    }

    @Test
    void nothingIsKeptWhenThatIsOff() throws IOException {
        Path settings = KatraHome.privateFolder(world.home().root()).resolve("server.properties");
        Files.writeString(settings, "katra.capture=off\n");
        world.katra("server", "stop");
        try {
            world.startDemo("Quiet", "The marimba listens on port 6655, mind that.");
            await("the answer")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() -> world.screen("Quiet").contains("scripted demo model")
                            && world.session("Quiet").path("state").asString("").equals("idle"));
            assertThat(world.katra("turns", "--persona", "Quiet").stderr()).contains("katra.capture is off");
            assertThat(world.done("turns", "--persona", "Quiet")).isEmpty();
            world.done("stop", "Quiet");
        } finally {
            Files.delete(settings);
            world.done("server", "stop");
        }
        assertThat(world.done("turns")).doesNotContain("marimba");
    }

    private static void awaitTurn(String persona, String... parts) {
        await("a turn of " + persona).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.done("turns", "--persona", persona))
                .as(() -> "the screen of " + persona + " is:\n" + world.screen(persona))
                .contains(parts));
    }

    private static void awaitRecall(String persona, String... parts) {
        await(persona + "'s recall").atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.transcript(persona).results("katra_recall"))
                .as(() -> "the screen of " + persona + " is:\n" + world.screen(persona))
                .anySatisfy(result -> assertThat(result).contains(parts)));
    }
}
