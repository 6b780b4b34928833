package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import dev.katra.shell.usage.UsageView;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListGoldenTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final Turns NONE = new Turns(0, 20, null);

    private static final List<SessionRows.LiveRow> LIVE = List.of(
            new SessionRows.LiveRow(
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
                    null,
                    null,
                    0,
                    "direct",
                    false,
                    NONE,
                    null,
                    List.of(),
                    false,
                    null),
            new SessionRows.LiveRow(
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
                    "permission for Bash",
                    null,
                    12,
                    "direct",
                    false,
                    NONE,
                    null,
                    List.of(),
                    true,
                    used(1_234_567, 34_210, null)),
            new SessionRows.LiveRow(
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
                    null,
                    null,
                    0,
                    "never",
                    false,
                    NONE,
                    null,
                    List.of(),
                    true,
                    used(0, 0, null)));

    private static final List<SessionRows.LiveRow> WORKTREES = Stream.of(
                    "api", "web", "docs", "infra", "tests", "release")
            .map(name -> new SessionRows.LiveRow(
                    "shop-" + name,
                    "anthropic",
                    "claude-opus-5-20260914",
                    "gateway",
                    "idle",
                    "tmux",
                    "katra-shop-" + name,
                    4711L,
                    "/home/ada/work/customers/shop-worktrees/" + name,
                    NOW.minusSeconds(7200),
                    NOW.minusSeconds(60),
                    null,
                    null,
                    0,
                    "direct",
                    true,
                    NONE,
                    null,
                    List.of(),
                    true,
                    used(1_234_567, 34_210, null)))
            .toList();

    @Test
    void theTableIsTheSameOnATerminalAndInAPipe() throws IOException {
        TestCaller terminal = list(LIVE, TestCaller.of("list").terminal(), false);
        TestCaller pipe = list(LIVE, TestCaller.of("list"), false);

        Golden.check(Golden.file("list.txt"), pipe.out());
        assertThat(terminal.out()).isEqualTo(pipe.out());
        assertThat(pipe.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120, 200})
    void onATerminalItIsNoWiderThanThat(int columns) throws IOException {
        TestCaller terminal = list(WORKTREES, worktrees(columns), false);

        Golden.check(Golden.file("list-" + columns + ".txt"), terminal.out());
        assertThat(terminal.out().lines()).allMatch(line -> line.length() <= columns);
    }

    /** Six sessions that differ only in their folder must not look alike. */
    @Test
    void theFoldersOfWorktreesCanBeToldApartWithin80Columns() {
        TestCaller terminal = list(WORKTREES, worktrees(80), false);

        assertThat(terminal.out().lines().skip(1).map(line -> line.replaceFirst("^\\S+", "")))
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    @Test
    void whatItsSettingsSwitchOffIsSaidOfASession() {
        SessionRows.LiveRow sam = LIVE.get(1);
        String note = "Claude Code runs no hooks of Katra's: disableAllHooks in /etc/claude-code/managed-settings.json";
        SessionRows.LiveRow limited = sam.withNotes("plan", List.of(note));

        TestCaller table = list(List.of(limited), TestCaller.of("list"), false);
        TestCaller json = list(List.of(limited), TestCaller.of("list"), true);

        assertThat(table.err()).isEqualTo("katra: Sam: " + note + "\n");
        assertThat(json.out()).contains("\"permissionMode\":\"plan\",\"notes\":[\"Claude Code runs no hooks");
    }

    private static TestCaller worktrees(int columns) {
        return TestCaller.of("list").variable("HOME", "/home/ada").terminal("111:" + columns);
    }

    @Test
    void whatIsKnownOfTheCostIsShown() throws IOException {
        List<SessionRows.LiveRow> priced = Stream.concat(
                        LIVE.stream(),
                        Stream.of(new SessionRows.LiveRow(
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
                                null,
                                null,
                                0,
                                "all",
                                false,
                                NONE,
                                null,
                                List.of(),
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
        List<SessionRows.LiveRow> asleep = List.of(
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

    @Test
    void whatAProviderRefusedIsShownUntilTheNextTurn() throws IOException {
        String error = "API Error: 400 System message must be at the beginning of the conversation, says the endpoint.";
        List<SessionRows.LiveRow> failed =
                List.of(row("Dario", "idle", error, false, NONE), row("Sam", "working", error, false, NONE));

        Golden.check(
                Golden.file("list-failed.txt"),
                list(failed, TestCaller.of("list"), false).out());
        Golden.check(
                Golden.file("list-failed.json"),
                list(failed, TestCaller.of("list"), true).out());
    }

    private static SessionRows.LiveRow idle(String persona, String state, boolean deaf, Turns turns) {
        return row(persona, state, null, deaf, turns);
    }

    private static SessionRows.LiveRow row(
            String persona, String state, @Nullable String lastError, boolean deaf, Turns turns) {
        return new SessionRows.LiveRow(
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
                null,
                lastError,
                0,
                "direct",
                deaf,
                turns,
                null,
                List.of(),
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
        assertThat(caller.err()).isEqualTo("no session runs; start one: katra start NAME\n");
        assertThat(list(List.of(), TestCaller.of("list"), true).out()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|false|no session runs, and 1 has ended: katra list --all, katra resume NAME…",
                "0|true|no session runs; go on with some: katra resume NAME…",
                "1|false|no session runs, and 1 ended without katra stop: katra resume --all, or katra list --all",
                "1|true|no session runs, and 1 ended without katra stop: katra resume --all, or katra resume NAME…",
            })
    void onlyWhatNobodyStoppedIsOfferedTogether(int lost, boolean all, String note) {
        PastRow sam = new PastRow("Sam", "demo", null, "direct", "ended", "/w", null, true, NOW, NOW, "stopped");
        TestCaller caller = TestCaller.of("list");

        new ListCommand(new FixedRows(List.of(), List.of(sam), lost), Clock.fixed(NOW, ZoneOffset.UTC))
                .list(caller.caller(), all, Options.TEXT);

        assertThat(caller.err()).isEqualTo(note + "\n");
    }

    private static UsageView used(long input, long output, @Nullable BigDecimal cost) {
        return new UsageView(12, 1, 0, input, input / 2, 0, output, new BigDecimal("0.82"), cost, cost != null);
    }

    private static TestCaller list(List<SessionRows.LiveRow> live, TestCaller caller, boolean json) {
        new ListCommand(new FixedRows(live, List.of(), 0), Clock.fixed(NOW, ZoneOffset.UTC))
                .list(caller.caller(), false, new OutputFormat(json));
        return caller;
    }

    private static final class FixedRows extends SessionRows {

        private final List<LiveRow> live;
        private final List<PastRow> past;
        private final int lost;

        @SuppressWarnings("NullAway") // it asks no service
        private FixedRows(List<LiveRow> live, List<PastRow> past, int lost) {
            super(null, null, null);
            this.live = live;
            this.past = past;
            this.lost = lost;
        }

        @Override
        List<PastRow> past() {
            return past;
        }

        @Override
        int lost() {
            return lost;
        }

        @Override
        List<LiveRow> all() {
            return live;
        }
    }
}
