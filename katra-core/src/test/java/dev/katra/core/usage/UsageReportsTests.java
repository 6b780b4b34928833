package dev.katra.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionEndpoint;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.usage.ReportedRequest.Origin;
import dev.katra.core.usage.ReportedRequest.Outcome;
import dev.katra.core.usage.ReportedRequest.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageReportsTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private UsageReports reports;
    private UsageService usage;

    @BeforeEach
    void open() {
        store = TestStore.open(
                folder, clock, context -> context.registerBean(UsageTranscripts.class, TestTranscripts::new));
        reports = store.bean(UsageReports.class);
        usage = store.bean(UsageService.class);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void takesWhatIsReportedOnce() {
        long sam = session("Sam", "direct");
        reports.report(sam, List.of(event("r1", 100, null), event("r2", 10, null)));
        reports.report(sam, List.of(event("r1", 100, null)));

        Usage used = used(sam);
        assertThat(used.requests().all()).isEqualTo(2);
        assertThat(used.tokens()).isEqualTo(new TokenCounts(110, 2, 4, 6));
        assertThat(used.firstTokens()).isEqualTo(new FirstTokens(2, 500_000));
        assertThat(used.cost()).isEqualTo(new Cost(2, 0, 122_000, 14));
    }

    @Test
    void unitesTheEventAndTheTranscriptInEitherOrder() throws IOException {
        long sam = session("Sam", "direct");
        Path transcript = transcript("sam", line("r1", 100, 1), line("r1", 100, 3), line("r2", 10, 3));
        reports.noteTranscript(sam, transcript.toString());
        read(sam);
        assertThat(used(sam).tokens()).isEqualTo(new TokenCounts(110, 0, 0, 6));

        reports.report(sam, List.of(event("r2", 20, null), event("r3", 5, null)));
        append(transcript, line("r3", 5, 3), line("r2", 10, 3));
        read(sam);

        assertThat(used(sam).requests().all()).isEqualTo(3);
        assertThat(used(sam).tokens()).isEqualTo(new TokenCounts(125, 2, 4, 9));
    }

    @Test
    void readsOnlyWholeLinesAndEachOnce() throws IOException {
        long sam = session("Sam", "direct");
        Path transcript = transcript("sam", line("r1", 100, 3));
        String second = line("r2", 10, 3);
        Files.writeString(transcript, second.substring(0, 9), StandardOpenOption.APPEND);
        reports.noteTranscript(sam, transcript.toString());
        read(sam);
        assertThat(used(sam).requests().all()).isOne();

        Files.writeString(transcript, second.substring(9) + "\n", StandardOpenOption.APPEND);
        read(sam);

        assertThat(used(sam).requests().all()).isEqualTo(2);
        assertThat(store.count("SELECT position FROM transcript_position")).isEqualTo(Files.size(transcript));
    }

    @Test
    void findsWhatIsWrittenJustAfterTheEndOfTheTurn() throws IOException {
        long sam = session("Sam", "direct");
        Path transcript = transcript("sam");
        reports.noteTranscript(sam, transcript.toString());
        read(sam);
        append(transcript, line("r1", 100, 3));

        await().untilAsserted(() -> assertThat(used(sam).requests().all()).isOne());
    }

    @Test
    void passesOverWhatAnEarlierSessionOfTheConversationHasAsked() throws IOException {
        Path transcript = transcript("sam", line("r0", 1_000, 3));
        clock.advance(Duration.ofMinutes(5));
        long sam = session("Sam", "direct");
        append(transcript, line("r1", 10, 3));
        reports.noteTranscript(sam, transcript.toString());
        read(sam);

        assertThat(used(sam).tokens().input()).isEqualTo(10);
    }

    @Test
    void readsTheRestOfATranscriptWhenTheSessionEnds() throws IOException {
        long sam = session("Sam", "direct");
        Path transcript = transcript("sam", line("r1", 100, 3));
        reports.noteTranscript(sam, transcript.toString());
        reports.report(sam, List.of(event("r1", 100, null)));
        append(transcript, line("r2", 10, 3));
        Files.createDirectories(folder.resolve("sam/subagents"));
        Files.writeString(folder.resolve("sam/subagents/agent-a.jsonl"), line("r3", 7, 3) + "\n");

        store.sessions().end(sam, "killed");
        reports.flush();

        assertThat(used(sam).requests().all()).isEqualTo(3);
        assertThat(store.count("SELECT count(*) FROM reported_request")).isZero();
        assertThat(store.count("SELECT count(*) FROM transcript_position")).isZero();
        assertThat(store.count("SELECT sum(requests) FROM usage WHERE source = 'reported'"))
                .isEqualTo(3);
        assertThat(store.count("SELECT requests FROM usage WHERE purpose = 'sub-agent'"))
                .isOne();
        reports.report(sam, List.of(event("r2", 10, null)));
        assertThat(used(sam).requests().all()).isEqualTo(3);
    }

    @Test
    void addsManyRequestsInSlices() {
        long sam = session("Sam", "direct");
        reports.report(
                sam,
                IntStream.range(0, 1_200).mapToObj(n -> event("r" + n, 1, null)).toList());
        store.sessions().end(sam, "exited");
        reports.flush();

        assertThat(used(sam).requests().all()).isEqualTo(1_200);
        assertThat(store.count("SELECT count(*) FROM usage")).isOne();
    }

    @Test
    void findsWhatTheGatewayCouldNotCountBecauseTheServerWasKilled() throws IOException {
        long sam = session("Sam", "gateway");
        Path transcript = transcript("sam", line("r0", 7, 3)); // counted by an older version, which has kept no ids
        reports.noteTranscript(sam, transcript.toString());
        reports.flush();
        append(transcript, line("r1", 100, 3), line("r2", 10, 3));
        usage.count(sam, counted(100), "r1");
        assertThat(used(sam).requests().all()).isOne();
        clock.advance(Duration.ofSeconds(5));

        reopen();
        append(folder.resolve("sam.jsonl"), line("r3", 1_000, 3)); // is counted by this server
        reports.flush();

        assertThat(used(sam).requests().all()).isEqualTo(2);
        assertThat(used(sam).tokens().input()).isEqualTo(110);
        clock.advance(Duration.ofSeconds(5));
        reopen();
        reports.flush();
        store.sessions().end(sam, "exited");
        reports.flush();
        assertThat(used(sam).requests().all())
                .isEqualTo(3); // r3 was asked before the last start, and nobody counted it
        assertThat(store.count("SELECT count(*) FROM counted_request")).isZero();
    }

    @Test
    void doesNotCountTwiceWhatTheGatewayCounts() {
        long sam = session("Sam", "gateway");
        usage.count(sam, counted(100), "r1");
        reports.report(sam, List.of(event("r1", 100, null), event("r2", 100, null)));

        assertThat(used(sam).requests().all()).isOne();
    }

    @Test
    void finishesSessionsThatEndedWhileItWasAway() throws IOException {
        long sam = session("Sam", "direct");
        reports.noteTranscript(sam, transcript("sam", line("r1", 100, 3)).toString());
        reports.flush();
        store.writes().run(() -> store.jdbc()
                .sql("UPDATE session SET ended_at = 1, end_reason = 'x', state = 'ENDED'")
                .update());

        reopen();
        reports.flush();

        assertThat(used(sam).requests().all()).isOne();
        assertThat(store.count("SELECT count(*) FROM transcript_position")).isZero();
    }

    @Test
    void tellsWhatMailHasStartedFromWhatAPersonHas() {
        long sam = session("Sam", "direct");
        PromptOrigins origins = store.bean(PromptOrigins.class);
        origins.begin(sam, "p1", false);
        origins.begin(sam, "p2", true);
        reports.report(sam, List.of(event("r1", 1, "p1"), event("r2", 2, "p2"), event("r3", 3, "p2")));

        assertThat(usage.grouped(UsageGrouping.PURPOSE, UsageSelection.ALL))
                .extracting(UsageGroup::name, group -> group.usage().tokens().input())
                .containsExactly(tuple("wake", 5L), tuple("conversation", 1L));
    }

    @Test
    void tellsDaysInTheServersZone() {
        clock.set(Instant.parse("2026-11-28T23:20:00Z"));
        long sam = session("Sam", "direct");
        reports.report(sam, List.of(event("r1", 1, null)));
        clock.set(Instant.parse("2026-11-30T00:10:00Z"));
        reports.report(sam, List.of(event("r2", 2, null)));

        assertThat(usage.grouped(UsageGrouping.DAY, UsageSelection.ALL))
                .extracting(UsageGroup::name)
                .containsExactly("2026-11-28", "2026-11-30");
        assertThat(usage.grouped(UsageGrouping.MODEL, new UsageSelection(null, Instant.parse("2026-11-29T00:00:00Z"))))
                .extracting(group -> group.usage().tokens().input())
                .containsExactly(2L);
    }

    private void read(long session) {
        reports.readSoon(session);
        reports.flush();
    }

    private void reopen() {
        store.close();
        store = TestStore.open(
                folder, clock, context -> context.registerBean(UsageTranscripts.class, TestTranscripts::new));
        reports = store.bean(UsageReports.class);
        usage = store.bean(UsageService.class);
    }

    private Usage used(long session) {
        return usage.of(List.of(session)).getOrDefault(session, Usage.NONE);
    }

    private long session(String persona, String route) {
        return store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource("anthropic", null, route),
                        Place.TMUX,
                        Path.of("/work"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), true),
                        new SessionEndpoint("1/1", null)))
                .session()
                .id();
    }

    private static CountedRequest counted(int input) {
        return new CountedRequest(
                new ModelTask("anthropic", "m", Purpose.CONVERSATION),
                false,
                new TokenCounts(input, 0, 0, 3),
                null,
                OptionalLong.empty());
    }

    private ReportedRequest event(String id, int input, @Nullable String prompt) {
        return new ReportedRequest(
                id,
                Origin.EVENT,
                clock.instant(),
                "m",
                new Turn(prompt, false),
                new Outcome(false, new TokenCounts(input, 1, 2, 3), Duration.ofMillis(250), 7));
    }

    private Path transcript(String name, String... lines) throws IOException {
        Path transcript = folder.resolve(name + ".jsonl");
        Files.createFile(transcript);
        append(transcript, lines);
        return transcript;
    }

    private static void append(Path transcript, String... lines) throws IOException {
        Files.write(transcript, List.of(lines), StandardOpenOption.APPEND);
    }

    /** A line as {@link TestTranscripts} reads it. */
    private String line(String id, int input, int output) {
        return clock.instant() + " " + id + " " + input + " " + output;
    }
}
