package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.TestCaller;
import dev.katra.shell.usage.Used;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListGoldenTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Turns NONE = new Turns(0, 20, null);

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
                    0,
                    "direct",
                    false,
                    NONE,
                    false,
                    null),
            new SessionRows.Row(
                    "Sam",
                    "openai",
                    "gpt-6.1-sol",
                    "gateway",
                    "waiting",
                    "tmux",
                    "katra-Sam",
                    4712L,
                    "/work",
                    NOW.minusSeconds(7200),
                    NOW.minusSeconds(60),
                    12,
                    "direct",
                    false,
                    NONE,
                    true,
                    used(1_234_567, 34_210, null)),
            new SessionRows.Row(
                    "Charlie",
                    "groq",
                    "demo",
                    "gateway",
                    "starting",
                    "terminal",
                    null,
                    null,
                    "/work",
                    NOW,
                    NOW,
                    0,
                    "never",
                    false,
                    NONE,
                    true,
                    used(0, 0, null)));

    @Test
    void theTableIsTheSameOnATerminalAndInAPipe() throws IOException {
        TestCaller terminal = list(LIVE, TestCaller.of("list").terminal(), false);
        TestCaller pipe = list(LIVE, TestCaller.of("list"), false);

        Golden.check(Golden.file("list.txt"), pipe.out());
        assertThat(terminal.out()).isEqualTo(pipe.out());
        assertThat(pipe.err()).isEmpty();
    }

    @Test
    void whatIsKnownOfTheCostIsShown() throws IOException {
        List<SessionRows.Row> priced = Stream.concat(
                        LIVE.stream(),
                        Stream.of(new SessionRows.Row(
                                "Wanda",
                                "groq",
                                "llama",
                                "gateway",
                                "idle",
                                "tmux",
                                "katra-Wanda",
                                4713L,
                                "/work",
                                NOW.minusSeconds(300),
                                NOW,
                                0,
                                "all",
                                false,
                                NONE,
                                true,
                                used(2_500, 800, new BigDecimal("0.0042")))))
                .toList();
        Golden.check(
                Golden.file("list-priced.txt"),
                list(priced, TestCaller.of("list"), false).out());
    }

    @Test
    void whatKeepsAnIdleSessionAsleepIsShown() throws IOException {
        Turns spent = new Turns(20, 20, NOW.plusSeconds(60));
        List<SessionRows.Row> asleep = List.of(
                idle("Dario", "idle", true, NONE),
                idle("Sam", "idle", false, spent),
                idle("Eve", "working", false, spent));

        Golden.check(
                Golden.file("list-asleep.txt"),
                list(asleep, TestCaller.of("list"), false).out());
        Golden.check(
                Golden.file("list-asleep.json"),
                list(asleep, TestCaller.of("list"), true).out());
    }

    private static SessionRows.Row idle(String persona, String state, boolean deaf, Turns turns) {
        return new SessionRows.Row(
                persona,
                "demo",
                "demo",
                "direct",
                state,
                "tmux",
                "katra-" + persona,
                4711L,
                "/work",
                NOW.minusSeconds(60),
                NOW,
                0,
                "direct",
                deaf,
                turns,
                false,
                null);
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

    private static Used used(long input, long output, @Nullable BigDecimal cost) {
        return new Used(12, 1, 0, input, input / 2, 0, output, new BigDecimal("0.82"), cost, cost != null);
    }

    private static TestCaller list(List<SessionRows.Row> live, TestCaller caller, boolean json) {
        new ListCommand(new FixedRows(live), Clock.fixed(NOW, ZoneOffset.UTC)).list(caller.caller(), json);
        return caller;
    }

    private static final class FixedRows extends SessionRows {

        private final List<Row> live;

        @SuppressWarnings("NullAway") // it asks no service
        private FixedRows(List<Row> live) {
            super(null, null, null, null, null, null);
            this.live = live;
        }

        @Override
        List<Row> all() {
            return live;
        }
    }
}
