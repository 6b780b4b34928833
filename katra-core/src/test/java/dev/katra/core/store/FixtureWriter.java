package dev.katra.core.store;

import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionEndpoint;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnRecorder;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes the database that {@link MigrationTests} migrates. Run it when a migration is added and keep the file as
 * {@code src/test/resources/fixtures/vNNN.db}; a fixture of a released version is never written again.
 */
final class FixtureWriter {

    private FixtureWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("katra-fixture");
        try (TestStore store = TestStore.open(folder)) {
            Actor sam = store.session("Sam");
            Actor dario = store.session("Dario");
            store.room().say(dario, NewMessage.toRoom("hello room"), "c1");
            store.room().hear(sam, "h1", null);
            store.room().confirmReceived(sam, List.of("h1"));
            store.room().say(dario, NewMessage.to(List.of("Sam"), "hello Sam"), "c2");
            store.room().hear(sam, "h2", null);
            store.memory().remember(sam, NewMemory.note("the build needs JDK 17"), "m1");
            store.memory()
                    .forget(
                            sam,
                            store.memory()
                                    .remember(sam, NewMemory.note("a secret"), "m2")
                                    .number());
            long editor = store.memory()
                    .remember(sam, NewMemory.note("the editor is vi"), "m3")
                    .number();
            store.memory().edit(sam, editor, MemoryChange.content("the editor is emacs"), "m4");
            store.memory().remember(sam, NewMemory.note("the editor is emacs"), "m5");
            ClaimedSession charlie = store.sessions().claim(onTheGateway("Charlie"));
            CountedRequest request = new CountedRequest(
                    new ModelTask("example", "big", Purpose.CONVERSATION),
                    false,
                    new TokenCounts(100, 20, 3, 7),
                    Duration.ofMillis(1500),
                    OptionalLong.of(4_200));
            store.bean(UsageService.class).count(charlie.session().id(), request, null);
            store.bean(UsageService.class).count(charlie.session().id(), request, null);
            store.bean(TurnRecorder.class).recordPrompt(sam, new TurnKey("c-2", "p-1", false), "/work", "which port?");
            store.bean(TurnRecorder.class).recordAnswer(sam, new TurnKey("c-2", "p-1", false), "/work", "It has 5544.");
            store.sessions().live().forEach(live -> store.sessions()
                    .end(live.session().id(), "fixture"));
            store.human("ada");
        }
        // Closing the store has written what was counted, and the turns.
        Files.copy(TestStore.home(folder).database(), Path.of(arguments[0]));
    }

    private static SessionClaim onTheGateway(String persona) {
        Upstream upstream = new Upstream(
                0,
                "https://api.example.com/v1",
                Protocol.OPENAI_RESPONSES,
                new KeySource(KeyHeader.BEARER, "EXAMPLE_API_KEY"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(128_000, 16_000),
                new EndpointSettings("no-images", "low,high", "big=1/2", ""),
                false,
                List.of(new Fallback(
                        "other",
                        "https://other.example.com",
                        Protocol.ANTHROPIC,
                        new KeySource(KeyHeader.X_API_KEY, "OTHER_API_KEY"),
                        new EndpointModels("other-big", null, null, "other-small"),
                        new EndpointModels("big", null, null, "small"),
                        new TokenLimits(64_000, 4_000),
                        EndpointSettings.NONE)));
        return new SessionClaim(
                persona,
                new ModelSource("example", "big", "gateway"),
                Place.TMUX,
                Path.of("/work"),
                new SessionPurpose(WakePolicy.DIRECT),
                new SessionClient("c-1", true),
                SessionEndpoint.of(upstream));
    }
}
