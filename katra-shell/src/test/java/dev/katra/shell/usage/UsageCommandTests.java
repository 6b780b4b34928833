package dev.katra.shell.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageReports;
import dev.katra.core.usage.UsageService;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCommandTests {

    private static final TokenCounts TOKENS = new TokenCounts(100, 50, 0, 10);

    @TempDir
    Path folder;

    private TestStore store;
    private UsageService usage;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        usage = store.bean(UsageService.class);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void showsTheSessionsThatRun() {
        count(session("Sam", "gateway"), "big", OptionalLong.of(1_000_000_000));
        end(session("Gone", "gateway"));

        TestCaller caller = run(false, 20);

        assertThat(caller.out().lines()).hasSize(2);
        assertThat(caller.out())
                .contains("COST")
                .containsPattern("Sam +[0-9:]+ +demo +big +counted +1 +0 +150 +50 +10 +0.25s +\\$1.00");
        assertThat(caller.err()).isEmpty();
    }

    @Test
    void showsWhatTheClientsOfTheOtherRoutesReport() {
        session("Sam", "gateway");
        long dario = session("Dario", "direct");
        store.bean(UsageReports.class)
                .report(
                        dario,
                        List.of(new ReportedRequest(
                                "req_1",
                                ReportedRequest.Origin.EVENT,
                                Instant.now(),
                                "big",
                                new ReportedRequest.Turn(null, false),
                                new ReportedRequest.Outcome(false, TOKENS, Duration.ofMillis(250), 7_000))));
        long old = session("Ann", "direct");
        end(old);

        TestCaller caller = run(false, 20);

        assertThat(caller.out()).containsPattern("Sam +[0-9:]+ +demo +- +counted +0 +0 +0 +0 +0 +-");
        assertThat(caller.out()).containsPattern("Dario +[0-9:]+ +demo +big +reported +1 +0 +150 +50 +10 +0.25s\n");
        TestCaller ann = run(false, 20, "Ann");
        assertThat(ann.out()).contains("not reported");
        assertThat(ann.err())
                .isEqualTo("1 session has reported nothing: started by an older version of Katra, or ended before the"
                        + " first answer\n");
    }

    @Test
    void sumsUpByWhatRequestsHaveInCommon() {
        count(session("Sam", "gateway"), "big", OptionalLong.of(1_000_000_000));
        count(session("Dario", "gateway"), "big", OptionalLong.of(2_000_000_000));
        count(session("Ann", "gateway"), "small", OptionalLong.empty());

        assertThat(by("model"))
                .containsPattern("big +2 +2 +0 +300 +100 +20 +0.25s +\\$3.00")
                .containsPattern("small +1 +1");
        assertThat(by("persona").lines().toList().get(1)).startsWith("Dario");
        assertThat(by("provider")).containsPattern("demo +3 +3 +0 +450 +150 +30 +0.25s +\\$3.00\\+");
        assertThat(by("folder")).containsPattern("/work +3 +3");
        assertThat(by("purpose")).containsPattern("conversation +3 +3");
        assertThat(by("day")).containsPattern(LocalDate.now(store.bean(Clock.class)) + " +3 +█{24} +3");
        assertThat(by("session").lines()).hasSize(5);
        assertThatThrownBy(() -> by("colour")).isInstanceOf(Failure.class).hasMessageContaining("\"colour\"");
    }

    private String by(String grouping) {
        TestCaller caller = TestCaller.of("usage");
        command().usage(caller.caller(), false, 20, grouping, new SinceOption("1d"), Options.TEXT, List.of());
        return caller.out();
    }

    @Test
    void showsTheNewestSessionsOfPersonas() {
        for (int n = 1; n <= 3; n++) {
            long sam = session("Sam", "gateway");
            count(sam, "m" + n, OptionalLong.empty());
            end(sam);
        }
        session("Dario", "gateway");

        TestCaller caller = run(false, 2, "sam");

        assertThat(caller.out()).contains("m3", "m2", "total").doesNotContain("m1", "Dario", "COST");
        assertThat(caller.err())
                .isEqualTo("1 more sessions, older; --limit shows them, and the total is without them\n");
        assertThat(run(false, 3, "Sam", "sam", "Dario").out())
                .contains("m3", "m2", "Dario")
                .doesNotContain("m1");
    }

    @Test
    void showsAllThatWasCounted() {
        long sam = session("Sam", "gateway");
        count(sam, "big", OptionalLong.empty());
        end(sam);
        session("Dario", "direct");

        assertThat(run(true, 20).out()).contains("Sam").doesNotContain("Dario");
    }

    @Test
    void saysWhatTheNumbersLeaveOut() {
        long sam = session("Sam", "gateway");
        count(sam, "big", OptionalLong.of(5));
        count(sam, "free", OptionalLong.empty());
        usage.count(sam, new CountedRequest(task("big"), false, TokenCounts.NONE, null, OptionalLong.of(0)), null);

        TestCaller caller = run(false, 20);

        assertThat(caller.err()).isEqualTo("""
                the tokens of 1 answer are estimated, or missing where nothing had come: cut short, or not reported by the endpoint
                + leaves out 1 request of models without a price; give one as <ID>_PRICES in providers.conf
                """);
        assertThat(caller.out().lines().filter(line -> line.endsWith("+"))).hasSize(1); // the total
    }

    @Test
    void printsJsonWithNullForWhatIsNotKnown() {
        session("Dario", "direct");
        count(session("Sam", "gateway"), "big", OptionalLong.empty());

        TestCaller caller = TestCaller.of("usage");
        command().usage(caller.caller(), false, 20, null, new SinceOption(null), Options.JSON, List.of());

        assertThat(caller.out())
                .contains("\"persona\":\"Dario\"", "\"source\":\"reported\",\"usage\":{\"requests\":0,")
                .contains("\"source\":\"counted\",\"usage\":{\"requests\":1,", "\"costUsd\":null")
                .contains("\"meanFirstTokenSeconds\":0.25");
        assertThat(caller.err()).isEmpty();
    }

    @Test
    void saysWhenThereIsNothing() {
        assertThat(run(false, 20).err()).isEqualTo("no session runs; katra usage --all shows those that ended too\n");
        assertThat(run(true, 20).err()).isEqualTo("no session has used anything yet\n");
        store.human("Ada");
        TestCaller ada = run(false, 20, "Ada");
        assertThat(ada.err()).isEqualTo("no session yet of Ada\n");
        assertThat(ada.out()).isEmpty();
    }

    @Test
    void refusesWhatItCannotMean() {
        assertThatThrownBy(() -> run(true, 20, "Sam"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> run(true, 1001))
                .isInstanceOf(Failure.class)
                .hasMessage("limit is 1001, and must be 1 to 1000");
        session("Sam", "gateway");
        store.personas().noteArrival(store.personas().find("Sam").orElseThrow().id());
        assertThatThrownBy(() -> run(false, 20, "Samm"))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.hint())
                        .hasValueSatisfying(hint -> assertThat(hint).contains("did you mean Sam?")));
    }

    private TestCaller run(boolean all, int limit, String... personas) {
        TestCaller caller = TestCaller.of("usage");
        command().usage(caller.caller(), all, limit, null, new SinceOption(null), Options.TEXT, List.of(personas));
        return caller;
    }

    private UsageCommand command() {
        return new UsageCommand(usage, store.personas(), store.bean(Clock.class));
    }

    private long session(String persona, String route) {
        return store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource("demo", null, route),
                        Place.TMUX,
                        Path.of("/work"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), true)))
                .session()
                .id();
    }

    private static ModelTask task(String model) {
        return new ModelTask("demo", model, Purpose.CONVERSATION);
    }

    private void end(long session) {
        store.sessions().end(session, "exited");
    }

    private void count(long session, String model, OptionalLong cost) {
        usage.count(session, new CountedRequest(task(model), false, TOKENS, Duration.ofMillis(250), cost), null);
    }
}
