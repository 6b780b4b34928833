package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.ModelSource;
import dev.katra.core.usage.Usage;
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

    private static final List<LiveRow> LIVE = List.of(
            Row.of("Dario")
                    .on("anthropic", null, "direct")
                    .state("working")
                    .inTerminal(4711L)
                    .folder("/work/a b")
                    .since(59, 0)
                    .build(),
            Row.of("Sam")
                    .on("openai", "gpt-6.1-sol", "gateway")
                    .state("waiting")
                    .pid(4712L)
                    .since(7200, 60)
                    .dialog("permission for Bash")
                    .unread(12)
                    .used(1_234_567, 34_210, null)
                    .build(),
            Row.of("Charlie")
                    .on("groq", "demo", "gateway")
                    .state("starting")
                    .inTerminal(null)
                    .since(0, 0)
                    .wake("never")
                    .used(0, 0, null)
                    .build());

    private static final List<LiveRow> WORKTREES = Stream.of("api", "web", "docs", "infra", "tests", "release")
            .map(name -> Row.of("shop-" + name)
                    .on("anthropic", "claude-opus-5-20260914", "gateway")
                    .folder("/home/ada/work/customers/shop-worktrees/" + name)
                    .since(7200, 60)
                    .deaf(true)
                    .used(1_234_567, 34_210, null)
                    .build())
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
        String note = "Claude Code runs no hooks of Katra's: disableAllHooks in /etc/claude-code/managed-settings.json";
        LiveRow limited = Row.of("Sam").says("plan", note).build();

        TestCaller table = list(List.of(limited), TestCaller.of("list"), false);
        TestCaller json = list(List.of(limited), TestCaller.of("list"), true);

        assertThat(table.err()).isEqualTo("katra: Sam: " + note + "\n");
        assertThat(json.out()).contains("\"permissionMode\":\"plan\",\"notes\":[\"Claude Code runs no hooks");
    }

    @Test
    void whoAnswersInPlaceOfTheProviderIsSaidOfASession() {
        LiveRow sam = Row.of("Sam")
                .on("openai", "gpt-6.1-sol", "gateway")
                .answeredBy("deepseek", "deepseek-flash", 250)
                .build();

        TestCaller table = list(List.of(sam), TestCaller.of("list"), false);
        TestCaller json = list(List.of(sam), TestCaller.of("list"), true);

        assertThat(table.err())
                .isEqualTo(
                        "katra: Sam is answered by deepseek (deepseek-flash) for 4m, because openai does not answer\n");
        assertThat(json.out())
                .contains("\"answeredBy\":{\"provider\":\"deepseek\",\"model\":\"deepseek-flash\",\"since\":");
    }

    private static TestCaller worktrees(int columns) {
        return TestCaller.of("list").variable("HOME", "/home/ada").terminal("111:" + columns);
    }

    @Test
    void whatIsKnownOfTheCostIsShown() throws IOException {
        List<LiveRow> priced = Stream.concat(
                        LIVE.stream(),
                        Stream.of(Row.of("Wanda")
                                .on("groq", "llama", "gateway")
                                .pid(4713L)
                                .since(300, 0)
                                .wake("all")
                                .used(2_500, 800, new BigDecimal("0.0042"))
                                .build()))
                .toList();
        Golden.check(
                Golden.file("list-priced.txt"),
                list(priced, TestCaller.of("list"), false).out());
    }

    @Test
    void whatKeepsAnIdleSessionAsleepIsShown() throws IOException {
        Turns spent = new Turns(20, 20, NOW.plusSeconds(60));
        List<LiveRow> asleep = List.of(
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
        List<LiveRow> failed =
                List.of(row("Dario", "idle", error, false, NONE), row("Sam", "working", error, false, NONE));

        Golden.check(
                Golden.file("list-failed.txt"),
                list(failed, TestCaller.of("list"), false).out());
        Golden.check(
                Golden.file("list-failed.json"),
                list(failed, TestCaller.of("list"), true).out());
    }

    private static LiveRow idle(String persona, String state, boolean deaf, Turns turns) {
        return row(persona, state, null, deaf, turns);
    }

    private static LiveRow row(String persona, String state, @Nullable String lastError, boolean deaf, Turns turns) {
        return Row.of(persona)
                .state(state)
                .error(lastError)
                .deaf(deaf)
                .turns(turns)
                .build();
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
        PastRow sam = past("Sam");
        TestCaller caller = TestCaller.of("list");

        new ListCommand(new FixedRows(List.of(), List.of(sam), lost), Clock.fixed(NOW, ZoneOffset.UTC))
                .list(caller.caller(), all, Options.TEXT);

        assertThat(caller.err()).isEqualTo(note + "\n");
    }

    @Test
    void theJsonOfThoseThatEndedStandsBehindThoseThatRun() {
        TestCaller caller = TestCaller.of("list");

        new ListCommand(new FixedRows(List.of(), List.of(past("Sam")), 0), Clock.fixed(NOW, ZoneOffset.UTC))
                .list(caller.caller(), true, new OutputFormat(true));

        assertThat(caller.out())
                .isEqualTo("[{\"persona\":\"Sam\",\"provider\":\"demo\",\"model\":null,\"route\":\"direct\","
                        + "\"state\":\"ended\",\"folder\":\"/w\",\"role\":null,\"isolated\":true,"
                        + "\"started\":\"2026-11-23T12:00:00Z\",\"ended\":\"2026-11-23T12:00:00Z\","
                        + "\"reason\":\"stopped\"}]\n");
    }

    private static PastRow past(String persona) {
        return new PastRow(
                new LiveRow.Identity(persona, new ModelSource("demo", null, "direct")),
                "ended",
                new PastRow.Setup("/w", null, true),
                new PastRow.Ending(NOW, NOW, "stopped"));
    }

    private static TestCaller list(List<LiveRow> live, TestCaller caller, boolean json) {
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

    /** A Row is a live session that runs in tmux and about which there is nothing to say, and what is set of it. */
    private static final class Row {

        private final String persona;
        private ModelSource source = new ModelSource("demo", "demo", "direct");
        private String state = "idle";
        private String where = "tmux";
        private @Nullable String tmuxSession;
        private @Nullable Long pid = 4711L;
        private String folder = "/work";
        private Instant started = NOW.minusSeconds(60);
        private Instant since = NOW;
        private @Nullable String dialog;
        private @Nullable String error;
        private int unread;
        private String wake = "direct";
        private boolean deaf;
        private Turns turns = NONE;
        private @Nullable String mode;
        private List<String> notes = List.of();
        private LiveRow.@Nullable AnsweredBy answeredBy;
        private UsageView usage = UsageView.of(Usage.NONE);

        private Row(String persona) {
            this.persona = persona;
            this.tmuxSession = "katra-" + persona;
        }

        private static Row of(String persona) {
            return new Row(persona);
        }

        private Row on(String provider, @Nullable String model, String route) {
            source = new ModelSource(provider, model, route);
            return this;
        }

        private Row state(String word) {
            state = word;
            return this;
        }

        private Row inTerminal(@Nullable Long process) {
            where = "terminal";
            tmuxSession = null;
            pid = process;
            return this;
        }

        private Row pid(long process) {
            pid = process;
            return this;
        }

        private Row folder(String path) {
            folder = path;
            return this;
        }

        private Row since(int secondsOfLife, int secondsOfState) {
            started = NOW.minusSeconds(secondsOfLife);
            since = NOW.minusSeconds(secondsOfState);
            return this;
        }

        private Row dialog(String what) {
            dialog = what;
            return this;
        }

        private Row error(@Nullable String what) {
            error = what;
            return this;
        }

        private Row unread(int messages) {
            unread = messages;
            return this;
        }

        private Row wake(String policy) {
            wake = policy;
            return this;
        }

        private Row deaf(boolean is) {
            deaf = is;
            return this;
        }

        private Row turns(Turns counted) {
            turns = counted;
            return this;
        }

        private Row says(String permissionMode, String note) {
            mode = permissionMode;
            notes = List.of(note);
            return this;
        }

        private Row answeredBy(String provider, @Nullable String model, long seconds) {
            answeredBy = new LiveRow.AnsweredBy(provider, model, NOW.minusSeconds(seconds));
            return this;
        }

        private Row used(long input, long output, @Nullable BigDecimal cost) {
            usage = new UsageView(
                    new UsageView.Requests(12, 1, 0),
                    new UsageView.Tokens(input, input / 2, 0, output),
                    new BigDecimal("0.82"),
                    new UsageView.Price(cost, cost != null, null));
            return this;
        }

        private LiveRow build() {
            return new LiveRow(
                    new LiveRow.Identity(persona, source),
                    state,
                    new LiveRow.Whereabouts(where, tmuxSession, pid, folder),
                    new LiveRow.Progress(started, since, dialog, error),
                    new LiveRow.Waking(unread, wake, deaf, turns),
                    new LiveRow.Observation(
                            mode, notes, source.route().equals("gateway") ? "counted" : "reported", usage, answeredBy));
        }
    }
}
