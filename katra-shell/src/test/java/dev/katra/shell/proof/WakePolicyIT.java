package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What wakes a session of the real Claude Code is changed while it runs, by its owner alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WakePolicyIT {

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    @BeforeAll
    static void sam() {
        assertThat(WORLD.startDemo("Sam", "hello").exitCode()).isZero();
        idle();
    }

    @Test
    @Order(1)
    void whatIsSaidToTheRoomWakesASessionOnceAllMayWakeIt() {
        assertThat(said("for everyone").path("notWoken").toString()).isEqualTo("{\"wake direct\":[\"Sam\"]}");

        assertThat(WORLD.done("wake", "Sam", "all"))
                .isEqualTo("Sam is woken by all it can hear (all); 0 of 20 automatic turns used in the last hour\n");

        received("for everyone");
        idle();
        assertThat(said("again for everyone").path("notWoken").toString()).isEqualTo("{}");
        received("again for everyone");
    }

    @Test
    @Order(2)
    void anOwnerGivesTheTurnsBackAndAModelDoesNot() {
        idle();
        int used = used();
        assertThat(used).isPositive();
        Map<String, String> inside = WORLD.environment();
        inside.put("KATRA_SESSION_TOKEN", "of a session");

        ProcessResult refused = WORLD.katra(WORLD.folder(), inside, "wake", "Sam", "--reset");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.stderr()).contains("wake");
        assertThat(used()).isEqualTo(used);
        assertThat(WORLD.done("wake", "Sam", "--reset")).contains("; 0 of 20 automatic turns used");
        assertThat(used()).isZero();
    }

    @Test
    @Order(3)
    void nothingWakesASessionThatIsNeverToBeWoken() {
        assertThat(WORLD.done("wake", "Sam", "never")).startsWith("Sam is woken by no mail (never);");
        assertThat(said("--to", "Sam", "for later").path("notWoken").toString())
                .isEqualTo("{\"wake never\":[\"Sam\"]}");

        WORLD.type("Sam", "hello");
        received("for later");
        idle();

        assertThat(WORLD.done("wake", "Sam", "direct"))
                .startsWith("Sam is woken by what is said to it by name (direct)");
        WORLD.done("say", "--to", "Sam", "now");
        received("now");
    }

    private static JsonNode said(String... words) {
        String[] command = new String[words.length + 2];
        command[0] = "say";
        command[1] = "--json";
        System.arraycopy(words, 0, command, 2, words.length);
        return JsonMapper.shared().readTree(WORLD.done(command));
    }

    private static int used() {
        return WORLD.session("Sam").path("turns").path("used").asInt(-1);
    }

    private static void idle() {
        await("an idle Sam")
                .atMost(KatraWorld.PATIENCE)
                .until(() -> WORLD.session("Sam").path("state").asString("").equals("idle"));
    }

    private static void received(String text) {
        await("Sam to have: " + text).atMost(KatraWorld.PATIENCE).until(() -> WORLD.delivery(text, "Sam")
                .equals("received"));
    }
}
