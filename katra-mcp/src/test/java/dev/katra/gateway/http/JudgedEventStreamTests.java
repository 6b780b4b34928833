package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of an answer is kept in memory. */
class JudgedEventStreamTests {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] LAST = "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n"
            .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("NullAway") // nothing in these events is judged
    void neitherAnEventNorWhatIsKeptBackGrowsWithoutEnd(boolean afterTheLast) {
        var events = new JudgedEventStream(null);
        byte[] piece = new byte[MEGABYTE];
        Arrays.fill(piece, (byte) 'x');
        if (afterTheLast) {
            assertThat(events.take(LAST, LAST.length)).isEmpty();
            assertThat(events.awaitsVerdicts()).isTrue();
            piece[MEGABYTE - 2] = '\n';
            piece[MEGABYTE - 1] = '\n';
        }
        for (int i = 0; i < 64; i++) {
            assertThat(events.take(piece, piece.length)).isEmpty();
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> events.take(piece, piece.length))
                .withMessageContaining("bytes");
    }
}
