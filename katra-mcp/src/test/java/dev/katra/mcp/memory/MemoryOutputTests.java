package dev.katra.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.Contradiction;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryLineage;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.RecallResult.RecalledMemory;
import dev.katra.core.text.Age;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.ArgumentBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryOutputTests {

    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");
    private static final Instant NOW = AT.plus(Duration.ofHours(3));

    @Test
    void isOneObject() {
        MemoryBody body = MemoryBody.note("a").kind(MemoryKind.FACT).scope(MemoryScope.PRIVATE);
        MemoryDetails memory = new MemoryDetails(
                7,
                "u-7",
                new MemoryAuthor("Ada", true),
                body.tags(List.of("x", "y")),
                new MemoryOrigin(AT, "demo", "demo-1", "/work", "s-1", true),
                new MemoryLineage(
                        6L,
                        8L,
                        List.of(new Contradiction(9, "Sam", NOW.minusSeconds(60))),
                        List.of(new Contradiction(3, "Ann", AT))),
                new MemoryConfirmations(2, AT));

        assertThat(ArgumentBinder.json(MemoryOutput.whole(memory, NOW)))
                .isEqualTo("{\"number\":7,\"author\":\"Ada\",\"human\":true,"
                        + "\"source\":\"imported, a person\",\"kind\":\"fact\",\"age\":\""
                        + Age.of(AT, NOW) + "\",\"at\":\"" + AnswerText.time(AT) + "\",\"scope\":\"private\","
                        + "\"tags\":[\"x\",\"y\"],\"supersedes\":6,\"superseded_by\":8,\"confirmed\":2,"
                        + "\"contradicted_by\":\"#9 of Sam, 1m ago\",\"contradicts\":\"#3 of Ann\","
                        + "\"content\":\"a\"}");
    }

    @Test
    void showsLessOfALongMemoryFromTheThirdPlaceOn() {
        MemoryDetails memory = new MemoryDetails(
                7,
                "u-7",
                new MemoryAuthor("Sam", false),
                MemoryBody.note("word ".repeat(1000)),
                MemoryOrigin.unknown(AT),
                new MemoryLineage(7L, 7L),
                MemoryConfirmations.NONE);
        RecalledMemory found = new RecalledMemory(memory, 1, List.of("word"));

        assertThat(MemoryOutput.found(found, 2, NOW).content()).hasSizeBetween(550, 610);
        assertThat(MemoryOutput.found(found, 3, NOW).content()).hasSizeBetween(250, 310);
        assertThat(MemoryOutput.found(found, 3, NOW).lines())
                .as("a memory whose successors are all forgotten names none")
                .contains(", SUPERSEDED [word]");
    }

    @Test
    void leavesOutWhatIsUsual() {
        MemoryDetails memory = new MemoryDetails(
                7,
                "u-7",
                new MemoryAuthor("Sam", false),
                MemoryBody.note("a"),
                MemoryOrigin.unknown(AT),
                new MemoryLineage(null, null),
                MemoryConfirmations.NONE);

        assertThat(ArgumentBinder.json(MemoryOutput.found(new RecalledMemory(memory, 1, List.of("a")), 1, NOW)))
                .isEqualTo("{\"number\":7,\"author\":\"Sam\",\"kind\":\"note\",\"age\":\"" + Age.of(AT, NOW)
                        + "\",\"why\":\"a\",\"content\":\"a\"}");
    }
}
