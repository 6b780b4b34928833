package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.launcher.process.ProcessResult;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What sessions of the real Claude Code have used: translated, passed through, and past the gateway. */
@Timeout(180)
class UsageIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @SuppressWarnings("NullAway.Init")
    private static MockUpstream openai;

    @SuppressWarnings("NullAway.Init")
    private static MockUpstream deepseek;

    @BeforeAll
    static void serve() {
        openai = MockUpstream.start().answering(asked -> Answer.text("hello"));
        deepseek = MockUpstream.start().answering(asked -> Answer.text("hello"));
        world.export("OPENAI_API_KEY", "sk-openai-usage");
        world.export("KATRA_OPENAI_ENDPOINT", openai.url());
        world.export("KATRA_OPENAI_PRICES", "1/2/0.5");
        world.export("DEEPSEEK_API_KEY", "sk-deepseek-usage");
        world.export("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", deepseek.anthropicUrl());
    }

    @AfterAll
    static void end() {
        openai.close();
        deepseek.close();
    }

    @Test
    void isCountedOnTheGatewayAndReportedBesideIt() {
        world.start("Sam", "openai", "hello there");
        world.start("Charlie", "deepseek", "hello there", "--route", "gateway");
        assertThat(world.startDemo("Dora", "hello").ok()).isTrue();
        awaitCounted("Sam", openai);
        awaitCounted("Charlie", deepseek);

        JsonNode sam = world.session("Sam").path("usage");
        long requests = sam.path("requests").asLong();
        assertThat(sam.path("errors").asLong()).isZero();
        assertThat(sam.path("unreported").asLong()).isZero();
        assertThat(sam.path("inputTokens").asLong()).isEqualTo(120 * requests);
        assertThat(sam.path("cachedTokens").asLong()).isEqualTo(20 * requests);
        assertThat(sam.path("outputTokens").asLong()).isEqualTo(30 * requests);
        assertThat(sam.path("costUsd").decimalValue()).isEqualByComparingTo(BigDecimal.valueOf(170 * requests, 6));
        assertThat(sam.path("meanFirstTokenSeconds").asDouble()).isPositive();
        JsonNode charlie = world.session("Charlie").path("usage");
        assertThat(charlie.path("inputTokens").asLong())
                .isEqualTo(120 * charlie.path("requests").asLong());
        assertThat(charlie.path("costUsd").isNull()).isTrue();
        await("the report of Dora's client")
                .atMost(KatraWorld.PATIENCE)
                .until(() ->
                        world.session("Dora").path("usage").path("requests").asLong() > 0);
        assertThat(world.session("Dora").path("usageSource").asString("")).isEqualTo("reported");

        ProcessResult usage = world.katra("usage");

        assertThat(usage.stdout())
                .containsPattern("Sam +\\S+ +openai +gpt-6.1-sol +counted")
                .containsPattern("Dora .* reported ");
        world.done("stop", "--all");
        JsonNode before = all();
        world.done("server", "stop");
        assertThat(all()).isEqualTo(before);
        assertThat(before.path("sessions")).hasSize(3);
    }

    private static JsonNode all() {
        return JsonMapper.shared().readTree(world.done("usage", "--all", "--json"));
    }

    /** As many as the endpoint has seen, once the session has nothing more to ask. */
    private static void awaitCounted(String persona, MockUpstream endpoint) {
        await("the count of " + persona).atMost(KatraWorld.PATIENCE).until(() -> {
            JsonNode row = world.session(persona);
            long seen = endpoint.asked().size();
            return seen > 0
                    && row.path("state").asString("").equals("idle")
                    && row.path("usage").path("requests").asLong() == seen;
        });
    }
}
