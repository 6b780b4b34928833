package dev.katra.shell.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.usage.Cost;
import dev.katra.core.usage.FirstTokens;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.RequestCounts;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageSource;
import dev.katra.shell.console.Json;
import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageGoldenTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final SessionUsage SAM = session(
            "Sam",
            "openai",
            "gateway",
            Duration.ofHours(2),
            model(
                    "openai",
                    "gpt-6.1-sol",
                    new Usage(
                            new RequestCounts(134, 2, 0),
                            new TokenCounts(98_765, 1_134_000, 0, 34_210),
                            new FirstTokens(132, 108_240_000),
                            new Cost(130, 2, 607_300_000, 0))),
            model(
                    "openai",
                    "gpt-6-luna",
                    new Usage(
                            new RequestCounts(12, 0, 1),
                            new TokenCounts(9_876, 0, 0, 543),
                            new FirstTokens(11, 3_300_000),
                            new Cost(12, 0, 3_555_000, 0))));
    private static final SessionUsage DARIO = session("Dario", "anthropic", "direct", Duration.ofSeconds(59));
    private static final SessionUsage CHARLIE = session("Charlie", "groq", "gateway", Duration.ofSeconds(1));
    private static final SessionUsage WANDA = session(
            "Wanda",
            "workshop",
            "gateway",
            Duration.ofDays(3),
            model(
                    "workshop",
                    "qwen3-coder",
                    new Usage(
                            new RequestCounts(7, 0, 0),
                            new TokenCounts(70_000, 0, 0, 900),
                            new FirstTokens(0, 0),
                            new Cost(0, 7, 0, 0))));

    @Test
    void theTable() throws IOException {
        String table = UsageTable.of(List.of(SAM, DARIO, CHARLIE, WANDA), NOW, ZoneOffset.UTC) + "\n";

        Golden.check(Golden.file("usage.txt"), table);
        assertThat(table.lines()).allMatch(line -> line.length() <= 132);
    }

    @Test
    void theTableWithoutAnyPriceHasNoCost() throws IOException {
        Golden.check(
                Golden.file("usage-without-prices.txt"),
                UsageTable.of(List.of(WANDA, DARIO), NOW, ZoneOffset.UTC) + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80})
    void onATerminalTheTableIsNoWiderThanThat(int columns) throws IOException {
        TestCaller caller = TestCaller.of("usage").terminal("111:" + columns);
        String table = UsageTable.of(List.of(SAM, DARIO, CHARLIE, WANDA), NOW, ZoneOffset.UTC)
                        .fitting(caller.caller())
                + "\n";

        Golden.check(Golden.file("usage-" + columns + ".txt"), table);
        assertThat(table.lines()).allMatch(line -> line.length() <= columns);
    }

    @Test
    void theJson() throws IOException {
        Golden.check(Golden.file("usage.json"), Json.of(UsageReport.of(List.of(SAM, DARIO, CHARLIE, WANDA), 3)) + "\n");
    }

    @Test
    void theTotalOfNothingReportedIsUnknown() {
        SessionUsage old = new SessionUsage("uid-Old", "Old", DARIO.launch(), DARIO.startedAt(), NOW, List.of());
        assertThat(Json.of(UsageReport.of(List.of(old), 0))).endsWith("\"total\":null,\"more\":0}");
        assertThat(UsageTable.of(List.of(old), NOW, ZoneOffset.UTC).toString().lines())
                .hasSize(2);
    }

    private static ModelUsage model(String provider, String model, Usage usage) {
        return new ModelUsage(new ModelTask(provider, model, Purpose.CONVERSATION), UsageSource.COUNTED, usage);
    }

    private static SessionUsage session(
            String persona, String provider, String route, Duration age, ModelUsage... models) {
        return new SessionUsage(
                "uid-" + persona,
                persona,
                new SessionUsage.Launch(provider, null, route),
                NOW.minus(age),
                null,
                List.of(models));
    }
}
