package dev.katra.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageServiceTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private UsageService usage;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        usage = store.bean(UsageService.class);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readsExactlyWhatWasCounted() {
        long sam = session("Sam", "gateway");
        long dario = session("Dario", "gateway");
        usage.count(sam, request("big", 10), null);
        usage.count(sam, request("big", 20), null);
        usage.count(sam, request("small", 5), null);
        usage.count(dario, request("big", 7), null);

        assertThat(usage.of(List.of(sam, dario)))
                .hasSize(2)
                .hasEntrySatisfying(sam, sum -> assertThat(sum)
                        .isEqualTo(new Usage(
                                new RequestCounts(3, 0, 0),
                                new TokenCounts(35, 3, 6, 9),
                                new FirstTokens(3, 750_000),
                                new Cost(3, 0, 300, 0))))
                .hasEntrySatisfying(
                        dario, sum -> assertThat(sum.requests().all()).isOne());
        assertThat(usage.of(List.of(sam, dario))).isEqualTo(usage.of(Set.of(dario, sam)));
        assertThat(usage.of(List.of(session("Charlie", "gateway")))).isEmpty();
        assertThat(usage.of(List.of())).isEmpty();
    }

    @Test
    void writesWithoutBeingRead() {
        usage.count(session("Sam", "gateway"), request("big", 10), null);
        await().untilAsserted(() ->
                assertThat(store.count("SELECT total(requests) FROM usage")).isOne());
    }

    @Test
    void writesWhatIsLeftWhenItStops() {
        long sam = session("Sam", "gateway");
        IntStream.range(0, 1000).forEach(n -> usage.count(sam, request("big", 1), null));
        store.close();
        store = TestStore.open(folder);
        assertThat(store.count("SELECT requests FROM usage")).isEqualTo(1000);
    }

    @Test
    void addsToWhatIsStored() {
        long sam = session("Sam", "gateway");
        usage.count(sam, request("big", 10), null);
        Usage once = used(sam);
        usage.count(sam, request("big", 10), null);
        assertThat(usage.of(List.of(sam))).containsEntry(sam, once.plus(once));
        assertThat(store.count("SELECT count(*) FROM usage")).isOne();
    }

    @Test
    void passesOverASessionThatDoesNotExist() {
        long sam = session("Sam", "gateway");
        usage.count(4711, request("big", 1), null);
        usage.count(sam, request("big", 2), null);
        usage.count(-1, request("big", 3), null);
        assertThat(usage.of(List.of(sam, 4711L))).containsOnlyKeys(sam);
        assertThat(usage.of(List.of(sam, 4711L))).containsOnlyKeys(sam);
        assertThat(store.count("SELECT count(*) FROM usage")).isOne();
    }

    @Test
    void countsAndReadsExactlyWhileTheStoreCannotBeWritten() {
        long sam = session("Sam", "gateway");
        usage.count(sam, request("big", 1), null);
        assertThat(usage.of(List.of(sam))).hasSize(1);
        execute("CREATE TRIGGER broken BEFORE UPDATE ON usage BEGIN SELECT RAISE(ABORT, 'broken'); END");
        usage.count(sam, request("big", 1), null);
        assertThat(used(sam).requests().all()).isEqualTo(2);
        usage.count(sam, request("big", 1), null);
        assertThat(used(sam).requests().all()).isEqualTo(3);
        assertThat(store.count("SELECT requests FROM usage")).isOne();

        execute("DROP TRIGGER broken");

        assertThat(used(sam).requests().all()).isEqualTo(3);
        assertThat(store.count("SELECT requests FROM usage")).isEqualTo(3);
    }

    @Test
    void countsExactlyFromManyThreads() {
        long sam = session("Sam", "gateway");
        List<CompletableFuture<Void>> threads = IntStream.range(0, 16)
                .mapToObj(t -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 2_000).forEach(n -> {
                            usage.count(sam, request("m" + n % 2, 1), null);
                            if (n % 500 == 0) {
                                usage.of(List.of(sam));
                            }
                        }),
                        task -> new Thread(task).start()))
                .toList();
        threads.forEach(CompletableFuture::join);
        Usage sum = used(sam);
        assertThat(sum.requests().all()).isEqualTo(32_000);
        assertThat(sum.tokens().input()).isEqualTo(32_000);
    }

    @Test
    void showsAModelsNameInOneShortLine() {
        long sam = session("Sam", "gateway");
        usage.count(sam, request("a\u001b[31m\nb" + "x".repeat(300), 1), null);
        assertThat(usage.live().get(0).models().get(0).task().model())
                .startsWith("a?[31m?bxxx")
                .endsWith("…")
                .hasSize(200);
    }

    @Test
    void tellsTheLiveSessionsOldestFirst() {
        long sam = session("Sam", "gateway");
        long gone = session("Gone", "gateway");
        session("Dario", "direct");
        usage.count(sam, request("small", 1), null);
        usage.count(sam, request("big", 2), null);
        usage.count(gone, request("big", 2), null);
        store.sessions().end(gone, "exited");

        List<SessionUsage> live = usage.live();

        assertThat(live).extracting(SessionUsage::persona).containsExactly("Sam", "Dario");
        assertThat(live).extracting(SessionUsage::source).containsExactly(UsageSource.COUNTED, UsageSource.REPORTED);
        assertThat(live.get(0).models()).extracting(each -> each.task().model()).containsExactly("big", "small");
        assertThat(live.get(0).usage().tokens().input()).isEqualTo(3);
        assertThat(live.get(0).startedAt()).isEqualTo(clock.instant());
        assertThat(live.get(0).endedAt()).isNull();
        assertThat(live.get(1).models()).isEmpty();
    }

    @Test
    void tellsTheSessionsOfPersonasNewestFirst() {
        for (int n = 1; n <= 3; n++) {
            long sam = session("Sam", "gateway");
            usage.count(sam, request("m" + n, n), null);
            clock.advance(Duration.ofMinutes(1));
            store.sessions().end(sam, "exited");
        }
        session("Sam", "direct");
        session("Dario", "gateway");
        long sam = store.personas().get("Sam").id();

        RecentUsage recent = usage.ofPersonas(List.of(sam), 3);

        assertThat(recent.total()).isEqualTo(4);
        assertThat(recent.sessions())
                .extracting(session -> session.launch().route())
                .containsExactly("direct", "gateway", "gateway");
        assertThat(recent.sessions())
                .extracting(session -> session.endedAt() == null)
                .containsExactly(true, false, false);
        assertThat(recent.sessions().get(1).models())
                .extracting(each -> each.task().model())
                .containsExactly("m3");
    }

    @Test
    void tellsAllSessionsThatUsedSomethingNewestFirst() {
        long first = session("Sam", "gateway");
        usage.count(first, request("big", 1), null);
        session("Dario", "direct");
        session("Idle", "gateway");
        long last = session("Charlie", "gateway");
        usage.count(last, request("big", 1), null);
        store.sessions().end(first, "exited");

        assertThat(usage.all(10).sessions()).extracting(SessionUsage::persona).containsExactly("Charlie", "Sam");
        assertThat(usage.all(1).sessions()).extracting(SessionUsage::persona).containsExactly("Charlie");
        assertThat(usage.all(1).total()).isEqualTo(2);
    }

    private Usage used(long session) {
        return usage.of(List.of(session)).getOrDefault(session, Usage.NONE);
    }

    private long session(String persona, String route) {
        ClaimedSession claimed = store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource("demo", null, route),
                        Place.TMUX,
                        Path.of("/work"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), true)));
        return claimed.session().id();
    }

    private static CountedRequest request(String model, int input) {
        return new CountedRequest(
                new ModelTask("demo", model, Purpose.CONVERSATION),
                false,
                new TokenCounts(input, 1, 2, 3),
                Duration.ofMillis(250),
                OptionalLong.of(100),
                false);
    }

    private void execute(String sql) {
        store.writes().run(() -> store.jdbc().sql(sql).update());
    }
}
