package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.core.turn.TurnTransfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@Timeout(120)
class RetentionTimerTests {

    @TempDir
    Path home;

    @Test
    void deletesWhatIsOldAndReceivedAndKeepsTheRest() {
        try (TestStore store = TestStore.open(home)) {
            RoomService room = store.bean(RoomService.class);
            Actor ada = store.human("Ada");
            Actor bob = store.human("Bob");
            for (int i = 0; i < 5; i++) {
                room.say(bob, NewMessage.to(List.of(), "message"), null);
            }
            room.markReceived(ada, LongStream.of(1, 2, 4).boxed().toList());

            RetentionTimer never = new RetentionTimer(room, store.bean(TurnService.class), null, Duration.ofMillis(1));
            RetentionTimer moments = new RetentionTimer(
                    room, store.bean(TurnService.class), Duration.ofMillis(1), Duration.ofMillis(20));
            try {
                never.afterSingletonsInstantiated();
                room.markReceived(ada, List.of(5L));
                moments.delete(Duration.ofDays(1));
                assertThat(numbers(room)).containsExactly(1L, 2L, 3L, 4L, 5L);
                moments.afterSingletonsInstantiated();
                while (numbers(room).size() > 1) {
                    Thread.onSpinWait(); // the test's limit ends it
                }
                assertThat(numbers(room)).containsExactly(3L);
            } finally {
                never.destroy();
                moments.destroy();
            }
        }
    }

    @Test
    void deletesTurnsThatAreTooOldWithoutBeingAskedTo() {
        TestClock clock = new TestClock();
        try (TestStore store = TestStore.open(home, clock)) {
            TurnService turns = store.bean(TurnService.class);
            store.bean(TurnTransfer.class)
                    .importAll(
                            List.of(new ImportedTurn(
                                    new TurnKey("c1", "p1", false),
                                    new TurnBody("which port?", "5544"),
                                    clock.instant(),
                                    clock.instant(),
                                    "/work")),
                            store.personas().ensure("Sam", false));
            RetentionTimer moments = new RetentionTimer(store.room(), turns, null, Duration.ofMillis(1));
            try {
                moments.deleteTurns();
                assertThat(turns.count(TurnSelection.ALL)).isOne();
                clock.advance(Duration.ofDays(91));
                moments.afterSingletonsInstantiated();
                while (turns.count(TurnSelection.ALL) > 0) {
                    Thread.onSpinWait(); // the test's limit ends it
                }
            } finally {
                moments.destroy();
            }
        }
    }

    @Test
    void whatIsSaidMeanwhileWaitsForMoments() {
        try (TestStore store = TestStore.open(home)) {
            RoomService room = store.bean(RoomService.class);
            Actor ada = store.human("Ada");
            Actor bob = store.human("Bob");
            String text = IntStream.range(0, 500)
                    .mapToObj(n -> "word" + n * 7 + " of " + n)
                    .collect(Collectors.joining(" "));
            List<Long> old = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                old.add(room.say(bob, NewMessage.to(List.of(), i + " " + text), null)
                        .number());
            }
            room.markReceived(ada, old);
            RetentionTimer retention =
                    new RetentionTimer(room, store.bean(TurnService.class), null, Duration.ofDays(1));
            CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> retention.delete(Duration.ofDays(-1)));
            long longest = 0;
            int said = 0;
            while (!deleting.isDone()) {
                long begun = System.nanoTime();
                room.say(ada, NewMessage.to(List.of("Bob"), "beside"), null);
                longest = Math.max(longest, System.nanoTime() - begun);
                said++;
            }
            deleting.join();
            retention.destroy();

            System.out.println("retention: said " + said + " beside, the longest in " + longest / 1_000_000 + " ms");
            assertThat(numbers(room)).doesNotContainAnyElementsOf(old);
            assertThat(said).as("of one in each write, at least").isGreaterThan(10);
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void theAgeIsInDays() {
        assertThat(keep("90d")).isEqualTo(Duration.ofDays(90));
        assertThat(keep("30")).isEqualTo(Duration.ofDays(30));
        assertThat(keep(null)).isNull();
        assertThatThrownBy(() -> keep("5s"))
                .hasRootCauseMessage(
                        "katra.room.keep is less than an hour; write 90d for ninety days, or leave it out to keep all");
    }

    private static @Nullable Duration keep(@Nullable String value) {
        return new Binder(
                        new MapConfigurationPropertySource(value == null ? Map.of() : Map.of("katra.room.keep", value)))
                .bindOrCreate("katra.room", RetentionSettings.class)
                .keep();
    }

    private static List<Long> numbers(RoomService room) {
        return room.history(new HistoryQuery(null, null, null, null, 100)).stream()
                .map(PastMessage::number)
                .toList();
    }
}
