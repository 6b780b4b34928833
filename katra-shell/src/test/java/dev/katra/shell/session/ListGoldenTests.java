package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListGoldenTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final List<SessionRows.Row> LIVE = List.of(
            new SessionRows.Row(
                    "Dario",
                    "anthropic",
                    null,
                    "direct",
                    "working",
                    "terminal",
                    null,
                    4711L,
                    "/work/a b",
                    NOW.minusSeconds(59),
                    NOW,
                    0),
            new SessionRows.Row(
                    "Sam",
                    "zai",
                    "glm-5.3[1m]",
                    "direct",
                    "waiting",
                    "tmux",
                    "katra-Sam",
                    4712L,
                    "/work",
                    NOW.minusSeconds(7200),
                    NOW.minusSeconds(60),
                    12),
            new SessionRows.Row(
                    "Charlie", "demo", "demo", "direct", "starting", "terminal", null, null, "/work", NOW, NOW, 0));

    @Test
    void theTableIsTheSameOnATerminalAndInAPipe() throws IOException {
        TestCaller terminal = list(LIVE, TestCaller.of("list").terminal(), false);
        TestCaller pipe = list(LIVE, TestCaller.of("list"), false);

        Golden.check(Golden.file("list.txt"), pipe.out());
        assertThat(terminal.out()).isEqualTo(pipe.out());
        assertThat(pipe.err()).isEmpty();
    }

    @Test
    void theJson() throws IOException {
        Golden.check(
                Golden.file("list.json"),
                list(LIVE, TestCaller.of("list"), true).out());
    }

    @Test
    void noSessionIsANoteAndNoData() {
        TestCaller caller = list(List.of(), TestCaller.of("list"), false);

        assertThat(caller.out()).isEmpty();
        assertThat(caller.err()).isEqualTo("no session runs; start one: katra start --persona NAME\n");
        assertThat(list(List.of(), TestCaller.of("list"), true).out()).isEqualTo("[]\n");
    }

    private static TestCaller list(List<SessionRows.Row> live, TestCaller caller, boolean json) {
        new ListCommand(new FixedRows(live), Clock.fixed(NOW, ZoneOffset.UTC)).list(caller.caller(), json);
        return caller;
    }

    private static final class FixedRows extends SessionRows {

        private final List<Row> live;

        @SuppressWarnings("NullAway") // it asks no service
        private FixedRows(List<Row> live) {
            super(null, null, null);
            this.live = live;
        }

        @Override
        List<Row> all() {
            return live;
        }
    }
}
