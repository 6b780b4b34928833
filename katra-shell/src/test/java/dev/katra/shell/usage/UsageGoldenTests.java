package dev.katra.shell.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import dev.katra.shell.console.Json;
import dev.katra.shell.testing.Golden;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageGoldenTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final SessionUsage SAM = session(
            "Sam",
            "openai",
            "gateway",
            Duration.ofHours(2),
            new ModelUsage(
                    "gpt-6.1-sol",
                    new Usage(
                            134,
                            2,
                            0,
                            new TokenCounts(98_765, 1_134_000, 0, 34_210),
                            132,
                            108_240_000,
                            130,
                            2,
                            607_300_000)),
            new ModelUsage(
                    "gpt-6-luna",
                    new Usage(12, 0, 1, new TokenCounts(9_876, 0, 0, 543), 11, 3_300_000, 12, 0, 3_555_000)));
    private static final SessionUsage DARIO = session("Dario", "anthropic", "direct", Duration.ofSeconds(59));
    private static final SessionUsage CHARLIE = session("Charlie", "groq", "gateway", Duration.ofSeconds(1));
    private static final SessionUsage WANDA = session(
            "Wanda",
            "workshop",
            "gateway",
            Duration.ofDays(3),
            new ModelUsage("qwen3-coder", new Usage(7, 0, 0, new TokenCounts(70_000, 0, 0, 900), 0, 0, 0, 7, 0)));

    @Test
    void theTable() throws IOException {
        String table = UsageTable.of(List.of(SAM, DARIO, CHARLIE, WANDA), NOW) + "\n";

        Golden.check(Golden.file("usage.txt"), table);
        assertThat(table.lines()).allMatch(line -> line.length() <= 105);
    }

    @Test
    void theTableWithoutAnyPriceHasNoCost() throws IOException {
        Golden.check(Golden.file("usage-without-prices.txt"), UsageTable.of(List.of(WANDA, DARIO), NOW) + "\n");
    }

    @Test
    void theJson() throws IOException {
        Golden.check(Golden.file("usage.json"), Json.of(UsageReport.of(List.of(SAM, DARIO, CHARLIE, WANDA), 3)) + "\n");
    }

    @Test
    void theTotalOfNothingCountedIsUnknown() {
        assertThat(Json.of(UsageReport.of(List.of(DARIO), 0))).endsWith("\"total\":null,\"more\":0}");
        assertThat(UsageTable.of(List.of(DARIO), NOW).lines()).hasSize(2);
    }

    private static SessionUsage session(
            String persona, String provider, String route, Duration age, ModelUsage... models) {
        return new SessionUsage(
                "uid-" + persona, persona, provider, null, route, NOW.minus(age), null, List.of(models));
    }
}
