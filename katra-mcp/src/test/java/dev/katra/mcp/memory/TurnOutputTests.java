package dev.katra.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.turn.FoundTurn;
import dev.katra.core.turn.PastTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnOutputTests {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void showsTheDateBesideAnAgeOfDays() {
        Instant then = NOW.minus(Duration.ofDays(12));
        assertThat(lines(then))
                .startsWith("turn 7 of Sam, 12d ago ("
                        + then.atZone(ZoneId.systemDefault()).toLocalDate() + ") [port]\n");
        assertThat(lines(NOW.minus(Duration.ofHours(3)))).startsWith("turn 7 of Sam, 3h ago [port]\n");
    }

    private static String lines(Instant at) {
        PastTurn turn = new PastTurn(
                7,
                "uid",
                "Sam",
                new PastTurn.TurnMarks(false, false),
                new TurnOrigin(at, at, "c1", "s1", "/work"),
                new TurnBody("which port?", "5544"));
        return TurnOutput.of(new FoundTurn(turn, 1, List.of("port")), NOW).lines();
    }
}
