package dev.katra.shell.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnTransfer.TurnCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnBatchTests {

    private final List<List<ImportedTurn>> handed = new ArrayList<>();
    private final TurnBatch batch = new TurnBatch(turns -> {
        handed.add(turns);
        return new TurnCounts(turns.size(), 0, 0);
    });

    @Test
    void holdsFewTurnsIfTheyAreLarge() {
        String large = "x".repeat(TurnBatch.MAX_CHARACTERS / 3);
        for (int n = 0; n < 10; n++) {
            batch.add(turn(n, large));
        }
        batch.add(turn(10, "x".repeat(2 * TurnBatch.MAX_CHARACTERS)));

        assertThat(batch.finish()).isEqualTo(new TurnCounts(11, 0, 0));
        assertThat(handed).extracting(List::size).containsExactly(3, 3, 3, 1, 1);
    }

    @Test
    void handsOnEveryFiftySmallTurnsInTheirOrder() {
        for (int n = 0; n < 120; n++) {
            batch.add(turn(n, "small"));
        }

        assertThat(batch.finish()).isEqualTo(new TurnCounts(120, 0, 0));
        assertThat(handed).extracting(List::size).containsExactly(50, 50, 20);
        assertThat(handed.get(2).get(19).key().promptId()).isEqualTo("p119");
    }

    private static ImportedTurn turn(int number, String asked) {
        return new ImportedTurn(
                new TurnKey("c1", "p" + number, false), new TurnBody(asked, null), Instant.EPOCH, Instant.EPOCH, null);
    }
}
