package dev.katra.core.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionServiceTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private SessionService sessions;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        sessions = store.sessions();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesWhatWasClaimed() {
        SessionClaim claim = new SessionClaim(
                "Sam",
                new ModelSource("deepseek", "deepseek-chat", "direct"),
                Place.TERMINAL,
                Path.of("/a b/c"),
                new SessionPurpose("reviews", WakePolicy.DIRECT),
                new SessionClient("c-1", true));
        ClaimedSession claimed = sessions.claim(claim);
        Session stored = sessions.find(claimed.session().id()).orElseThrow();
        assertThat(stored).isEqualTo(claimed.session());
        assertThat(stored.progress().state()).isEqualTo(SessionState.STARTING);
        assertThat(stored.source().provider()).isEqualTo("deepseek");
        assertThat(stored.source().model()).isEqualTo("deepseek-chat");
        assertThat(stored.folder()).isEqualTo("/a b/c");
        assertThat(stored.purpose().role()).isEqualTo("reviews");
        assertThat(stored.screen().place()).isEqualTo(Place.TERMINAL);
        assertThat(stored.lifetime().claimedAt()).isEqualTo(clock.instant());
        assertThat(sessions.live()).containsExactly(new LiveSession(stored, claimed.persona()));
    }

    @Test
    void aClaimOfBeforeTheClockWasSetBackBlocksNobody() {
        ClaimedSession first = sessions.claim(TestStore.claim("Sam"));
        clock.advance(Duration.ofHours(-3));

        ClaimedSession second = sessions.claim(TestStore.claim("Sam"));

        assertThat(sessions.live())
                .extracting(live -> live.session().id())
                .containsExactly(second.session().id())
                .doesNotContain(first.session().id());
    }

    @Test
    void whatHasEndedIsKnownByPersonaAndWhatEndedTogetherWithoutBeingStoppedToo() {
        List<Session> up = Stream.of("Old", "Stopped", "Sam", "Dario", "Running")
                .map(name -> sessions.claim(TestStore.claim(name)).session())
                .toList();
        up.forEach(session -> sessions.recordConnection(session.id()));
        sessions.end(sessions.claim(TestStore.claim("Never")).session().id(), "its launch failed");
        sessions.end(up.get(0).id(), "its process ended");
        clock.advance(Duration.ofMinutes(5));
        sessions.end(up.get(2).id(), "its process ended");
        clock.advance(Duration.ofSeconds(30));
        sessions.end(up.get(3).id(), "its process ended");
        clock.advance(Duration.ofMinutes(2));
        sessions.end(up.get(1).id(), "stopped");
        sessions.end(sessions.claim(TestStore.claim("Sam")).session().id(), "its launch failed");

        assertThat(sessions.past())
                .extracting(past -> past.persona().name())
                .containsExactly("Stopped", "Dario", "Sam", "Old");
        assertThat(sessions.past().get(2).session().id()).isEqualTo(up.get(2).id());
        assertThat(sessions.endedTogether())
                .extracting(past -> past.persona().name())
                .containsExactly("Dario", "Sam");

        sessions.claim(TestStore.claim("Dario"));
        assertThat(sessions.endedTogether())
                .extracting(past -> past.persona().name())
                .containsExactly("Sam");
    }

    @Test
    void oneThatEndedByItselfSinceDoesNotHideThoseThatEndedTogether() {
        List<Session> up = Stream.of("Sam", "Dario", "Zed")
                .map(name -> sessions.claim(TestStore.claim(name)).session())
                .toList();
        up.forEach(session -> sessions.recordConnection(session.id()));
        sessions.end(up.get(0).id(), "its process ended");
        sessions.end(up.get(1).id(), "its process ended");
        clock.advance(Duration.ofMinutes(5));
        sessions.end(up.get(2).id(), "its process ended");

        assertThat(sessions.endedTogether())
                .extracting(past -> past.persona().name())
                .containsExactlyInAnyOrder("Sam", "Dario");
    }

    @Test
    void storesTheEndpointBehindTheGateway() {
        Upstream upstream = new Upstream(
                0,
                "https://api.example.com/v1",
                Protocol.OPENAI_CHAT,
                new KeySource(KeyHeader.API_KEY, "EXAMPLE_API_KEY"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(128_000, 0),
                new EndpointSettings("no-images,max-tools=64", "low,high", "big=1/2", ""),
                true);
        Session session = sessions.claim(new SessionClaim(
                        "Sam",
                        new ModelSource("example", null, "gateway"),
                        Place.TMUX,
                        Path.of("/a"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient("c-1", false),
                        SessionEndpoint.of(upstream)))
                .session();
        assertThat(sessions.upstream(session.id())).contains(upstream.forSession(session.id()));
        assertThat(sessions.upstream(
                        sessions.claim(TestStore.claim("Dario")).session().id()))
                .isEmpty();
    }

    @Test
    void storesTheFallbacksInTheirOrder() {
        Fallback second = new Fallback(
                "second",
                "https://second.example.com",
                Protocol.ANTHROPIC,
                new KeySource(KeyHeader.X_API_KEY, "SECOND_API_KEY"),
                new EndpointModels("s-big", "s-opus", "s-sonnet", "s-small"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(64_000, 4_000),
                new EndpointSettings("no-documents", "", "3/4", "rules"));
        Fallback third = new Fallback(
                "third",
                "https://third.example.com/v1",
                Protocol.OPENAI_RESPONSES,
                new KeySource(KeyHeader.NONE, ""),
                EndpointModels.NONE,
                EndpointModels.NONE,
                new TokenLimits(0, 0),
                EndpointSettings.NONE);
        Upstream upstream = new Upstream(
                        0,
                        "https://api.example.com/v1",
                        Protocol.OPENAI_CHAT,
                        new KeySource(KeyHeader.BEARER, "EXAMPLE_API_KEY"),
                        new EndpointModels("big", null, null, "small"),
                        new TokenLimits(128_000, 0),
                        EndpointSettings.NONE,
                        false)
                .withFallbacks(List.of(third, second));

        Session session = sessions.claim(new SessionClaim(
                        "Sam",
                        new ModelSource("example", null, "gateway"),
                        Place.TMUX,
                        Path.of("/a"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient("c-1", false),
                        SessionEndpoint.of(upstream)))
                .session();

        assertThat(sessions.upstream(session.id())).contains(upstream.forSession(session.id()));
    }

    @Test
    void knowsWhoActsUntilTheSessionEnds() {
        ClaimedSession sam = sessions.claim(TestStore.claim("Sam"));
        ClaimedSession dario = sessions.claim(TestStore.claim("Dario"));
        for (int i = 0; i < 2; i++) {
            assertThat(sessions.actor(sam.token()).orElseThrow().persona()).isEqualTo("Sam");
            assertThat(sessions.actor(dario.token()).orElseThrow().sessionId())
                    .isEqualTo(dario.session().id());
        }
        assertThat(sessions.actor("no token")).isEmpty();
        sessions.end(sam.session().id(), "test");
        assertThat(sessions.actor(sam.token())).isEmpty();
        assertThat(sessions.actor(dario.token())).isPresent();
    }

    @Test
    void refusesAFolderThatIsRelative() {
        assertThatThrownBy(() -> new SessionClaim(
                        "Sam",
                        new ModelSource("demo", null, "direct"),
                        Place.TMUX,
                        Path.of("here"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient("c-1", true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letsExactlyOneOfManyClaimAPersona() {
        CyclicBarrier together = new CyclicBarrier(16);
        List<CompletableFuture<Failure.Code>> claims = IntStream.range(0, 16)
                .mapToObj(n ->
                        CompletableFuture.supplyAsync(() -> claimTogether(together, n), SessionServiceTests::start))
                .toList();
        List<Failure.Code> refused = claims.stream()
                .map(CompletableFuture::join)
                .filter(code -> code != Failure.Code.CANCELLED)
                .toList();
        assertThat(refused).hasSize(15).containsOnly(Failure.Code.CONFLICT);
        assertThat(store.count("SELECT count(*) FROM session")).isOne();
    }

    @Test
    void doesNotLetARowPastTheIndexOfLiveSessions() {
        ClaimedSession claimed = sessions.claim(TestStore.claim("Sam"));
        assertThatThrownBy(() -> store.writes().run(() -> store.jdbc().sql("""
                                        INSERT INTO session (uid, persona_id, token_hash, provider, route, place, folder,
                                            isolated, claude_session_id, state, claimed_at, state_at)
                                        SELECT 'other', persona_id, 'other', provider, route, place, folder, isolated,
                                            claude_session_id, state, claimed_at, state_at FROM session""").update()))
                .hasStackTraceContaining("UNIQUE constraint failed: session.persona_id");
        assertThat(sessions.live())
                .extracting(live -> live.session().id())
                .containsExactly(claimed.session().id());
    }

    @Test
    void saysWhereARunningPersonaIs() {
        store.session("Sam");
        Failure failure = refused("sam");
        assertThat(failure).hasMessage("Sam is already running in tmux session katra-Sam");
        assertThat(failure.hint()).contains("katra attach Sam, or start it anew with --replace");
    }

    @Test
    void keepsAClaimFor60Seconds() {
        ClaimedSession claimed = sessions.claim(TestStore.claim("Sam"));
        clock.advance(Duration.ofSeconds(60));
        sessions.expireClaims(Set.of());
        assertThat(refused("Sam")).hasMessage("Sam is already running and starting");
        assertThat(sessions.authenticate(claimed.token())).isPresent();
    }

    @Test
    void givesAPersonaToTheNextWhenALaunchDidNotFinish() {
        ClaimedSession abandoned = sessions.claim(TestStore.claim("Sam"));
        clock.advance(Duration.ofMillis(60_001));

        ClaimedSession next = sessions.claim(TestStore.claim("Sam"));

        assertThat(sessions.liveOf(next.persona()))
                .map(Session::id)
                .contains(next.session().id());
        assertThat(sessions.find(abandoned.session().id()))
                .map(session -> session.lifetime().endReason())
                .contains("its launch did not finish");
        assertThat(sessions.authenticate(abandoned.token())).isEmpty();
        assertThatThrownBy(() -> sessions.recordProcess(abandoned.session().id(), 1, "1/boot", null, null))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT));
    }

    @Test
    void endsOnlyTheClaimsThatNoProcessCameOf() {
        ClaimedSession abandoned = sessions.claim(TestStore.claim("Sam"));
        long running = sessions.claim(TestStore.claim("Dario")).session().id();
        sessions.recordProcess(running, 4711, "1/boot", null, null);
        clock.advance(Duration.ofMinutes(5));
        long fresh = sessions.claim(TestStore.claim("Charlie")).session().id();
        CompletableFuture<Void> change =
                store.bean(SessionWatch.class).nextChange(abandoned.session().id());

        sessions.expireClaims(Set.of());

        assertThat(sessions.live()).extracting(live -> live.session().id()).containsExactly(running, fresh);
        change.join();
    }

    @Test
    void storesTheHashOfATokenAndNeverTheToken() throws IOException {
        ClaimedSession claimed = sessions.claim(TestStore.claim("Sam"));
        assertThat(claimed.toString()).doesNotContain(claimed.token());
        store.close(); // moves the write-ahead log into the database

        String bytes = Files.readString(database(), ISO_8859_1);
        assertThat(bytes.contains(claimed.session().tokenHash())).isTrue();
        assertThat(bytes.contains(claimed.token())).isFalse();
    }

    @Test
    void knowsASessionByItsTokenUntilItEnds() {
        ClaimedSession claimed = sessions.claim(TestStore.claim("Sam"));
        assertThat(sessions.authenticate(claimed.token()))
                .map(Session::id)
                .contains(claimed.session().id());
        assertThat(sessions.authenticate(claimed.token() + "x")).isEmpty();
        assertThat(sessions.authenticate("")).isEmpty();
        assertThat(sessions.authenticate(claimed.session().tokenHash())).isEmpty();

        sessions.end(claimed.session().id(), "exited");

        assertThat(sessions.authenticate(claimed.token())).isEmpty();
    }

    @Test
    void becomesIdleByTheHandshakeOnlyWhileItStarts() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        clock.advance(Duration.ofSeconds(3));
        sessions.recordConnection(id);
        Session connected = sessions.find(id).orElseThrow();
        assertThat(connected.progress().state()).isEqualTo(SessionState.IDLE);
        assertThat(connected.progress().stateAt()).isEqualTo(clock.instant());
        assertThat(connected.lifetime().connectedAt()).isEqualTo(clock.instant());

        sessions.changeState(id, SessionState.WAITING);
        sessions.recordConnection(id);

        assertThat(sessions.find(id)).map(session -> session.progress().state()).contains(SessionState.WAITING);
    }

    @Test
    void saysWhatItWaitsForAsWellAsIsKnownUntilItGoesOn() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        var since = clock.instant();
        sessions.recordDialog(id, "a permission", false);
        clock.advance(Duration.ofSeconds(3));
        sessions.recordDialog(id, "permission for\n Bash", true);
        sessions.recordDialog(id, "a dialog", false);

        assertThat(sessions.find(id)).hasValueSatisfying(waiting -> {
            assertThat(waiting.progress().state()).isEqualTo(SessionState.WAITING);
            assertThat(waiting.progress().stateAt()).isEqualTo(since);
            assertThat(waiting.progress().dialog()).isEqualTo("permission for Bash");
        });
        sessions.changeState(id, SessionState.WORKING);
        assertThat(sessions.find(id))
                .map(session -> session.progress().dialog())
                .isEmpty();
        sessions.recordDialog(id, "x".repeat(5000), true);
        assertThat(sessions.find(id).orElseThrow().progress().dialog()).hasSizeLessThan(320);
        sessions.recordConnection(id);
        assertThat(sessions.find(id))
                .map(session -> session.progress().dialog())
                .isEmpty();
    }

    @Test
    void followsTheConversationAndKnowsThoseBefore() {
        Session claimed = sessions.claim(TestStore.claim("Sam")).session();
        long id = claimed.id();
        String begun = claimed.client().conversationId();
        String first = "00000000-0000-4000-8000-000000000001";
        String second = "00000000-0000-4000-8000-000000000002";
        sessions.recordConversation(id, first);
        clock.advance(Duration.ofSeconds(1));
        sessions.recordConversation(id, second);

        assertThat(sessions.find(id))
                .map(session -> session.client().conversationId())
                .contains(second);
        assertThat(sessions.previousConversations(id)).containsExactly(first, begun);
        clock.advance(Duration.ofSeconds(1));
        sessions.recordConversation(id, first);
        assertThat(sessions.previousConversations(id)).containsExactly(second, begun);
        sessions.recordConversation(id, "../../etc/passwd");
        sessions.recordConversation(id, "");
        assertThat(sessions.find(id))
                .map(session -> session.client().conversationId())
                .contains(first);
    }

    @Test
    void keepsWhatTheProviderRefusedUntilATurnEndsWell() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        sessions.changeState(id, SessionState.WORKING);
        sessions.recordTurnFailure(id, "API Error: 400");
        assertThat(sessions.find(id)).hasValueSatisfying(failed -> {
            assertThat(failed.progress().state()).isEqualTo(SessionState.IDLE);
            assertThat(failed.progress().lastError()).isEqualTo("API Error: 400");
        });
        sessions.changeState(id, SessionState.WORKING);
        assertThat(sessions.find(id))
                .map(session -> session.progress().lastError())
                .contains("API Error: 400");

        sessions.recordTurnEnd(id);

        assertThat(sessions.find(id))
                .map(session -> session.progress().lastError())
                .isEmpty();
        assertThat(sessions.find(id)).map(session -> session.progress().state()).contains(SessionState.IDLE);
    }

    @Test
    void keepsSinceWhenAStateHolds() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        sessions.changeState(id, SessionState.WORKING);
        var since = clock.instant();
        clock.advance(Duration.ofSeconds(3));
        sessions.changeState(id, SessionState.WORKING);
        assertThat(sessions.find(id))
                .map(session -> session.progress().stateAt())
                .contains(since);
    }

    @Test
    void staysEnded() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        sessions.end(id, "exited");
        Session ended = sessions.find(id).orElseThrow();
        clock.advance(Duration.ofSeconds(3));

        sessions.changeState(id, SessionState.WORKING);
        sessions.recordConnection(id);
        sessions.end(id, "once more");

        assertThat(sessions.find(id)).contains(ended);
        assertThat(ended.progress().state()).isEqualTo(SessionState.ENDED);
        assertThat(ended.lifetime().endReason()).isEqualTo("exited");
        assertThat(sessions.live()).isEmpty();
    }

    @Test
    void endsByEndedOnly() {
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        assertThatThrownBy(() -> sessions.changeState(id, SessionState.ENDED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsThoseWhoWatchASession() throws Exception {
        SessionWatch watch = store.bean(SessionWatch.class);
        long id = sessions.claim(TestStore.claim("Sam")).session().id();
        CompletableFuture<Session> seen =
                watch.nextChange(id).thenApply(nothing -> sessions.find(id).orElseThrow());
        sessions.recordConnection(id);
        assertThat(seen.get(10, TimeUnit.SECONDS).progress().state()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void doesNotClaimAPerson() {
        store.human("Ada");
        Failure failure = refused("ada");
        assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(failure).hasMessage("\"Ada\" is a person here, not a model");
        assertThat(sessions.live()).isEmpty();
    }

    @Test
    void findsTheLastSessionOfAPersona() {
        ClaimedSession first = sessions.claim(TestStore.claim("Sam"));
        sessions.end(first.session().id(), "exited");
        Persona sam = first.persona();
        assertThat(sessions.lastOf(sam))
                .map(Session::id)
                .contains(first.session().id());
        assertThat(sessions.liveOf(sam)).isEmpty();
        ClaimedSession second = sessions.claim(TestStore.claim("Sam"));
        assertThat(sessions.lastOf(sam))
                .map(Session::id)
                .contains(second.session().id());
    }

    private Path database() {
        return TestStore.home(folder).database();
    }

    private Failure refused(String persona) {
        return catchThrowableOfType(Failure.class, () -> sessions.claim(TestStore.claim(persona)));
    }

    private Failure.Code claimTogether(CyclicBarrier together, int n) {
        try {
            together.await();
            sessions.claim(TestStore.claim(n % 2 == 0 ? "Sam" : "sam"));
            return Failure.Code.CANCELLED; // stands for the one that was not refused
        } catch (Failure e) {
            return e.code();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(Runnable task) {
        new Thread(task).start();
    }
}
