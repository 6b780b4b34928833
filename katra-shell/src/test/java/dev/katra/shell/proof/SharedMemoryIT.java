package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a session of the real Claude Code learns, one on another provider finds, and so does a person. */
@Timeout(120)
class SharedMemoryIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @BeforeAll
    static void anotherProvider() throws IOException {
        KatraHome.privateFolder(world.home().root());
        Files.writeString(world.home().root().resolve("providers.conf"), """
                REHEARSAL_ANTHROPIC_ENDPOINT=katra:/demo
                REHEARSAL_PROTOCOL=anthropic
                REHEARSAL_AUTH=none
                REHEARSAL_MODEL=rehearsal-1
                REHEARSAL_CONTEXT_TOKENS=200000
                """);
    }

    @Test
    void whatOneRemembersAnotherOnAnotherProviderRecallsByAQuestion() {
        world.start(
                "Ann",
                "demo",
                "katra_remember {\"content\":\"Invoices are rounded half to even, the auditors want it so.\","
                        + "\"kind\":\"decision\"}");
        awaitResult("Ann", "katra_remember", "number");

        world.start("Ben", "rehearsal", "katra_recall {\"query\":\"how are the invoices rounded?\"}");

        awaitResult("Ben", "katra_recall", "Ann", "decision", "half to even");
        assertThat(world.session("Ben").path("provider").asString("")).isEqualTo("rehearsal");
        assertThat(world.done("recall", "why do we round invoices like that?"))
                .startsWith("#1 Ann (demo demo), decision, ")
                .contains("half to even");
        assertThat(world.done("memory", "show", "1"))
                .contains("written in a session on demo, demo, in " + world.folder());
        assertThat(world.done("search", "invoices")).startsWith("memory #1 Ann");
    }

    private static void awaitResult(String persona, String tool, String... parts) {
        await(persona + "'s " + tool).atMost(KatraWorld.PATIENCE).untilAsserted(() -> assertThat(
                        world.transcript(persona).results(tool))
                .as(() -> "the screen of " + persona + " is:\n" + world.screen(persona))
                .anySatisfy(result -> assertThat(result).contains(parts)));
    }
}
