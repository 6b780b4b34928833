package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large a store becomes: a month with 20 sessions a day, each of which says 20 messages and keeps 5 memories. */
@Tag("long")
class MonthTests {

    private static final int DAYS = 30;
    private static final int SESSIONS = 20;
    private static final long MOST_BYTES = 60_000_000;

    @TempDir
    Path folder;

    /** How much past turns take for each byte of their texts, which {@code katra.turns.size} bounds. */
    @Test
    void turnsTakeAFewTimesTheirTexts() throws Exception {
        Random random = new Random(7);
        List<String> words = words(Path.of("../docs"));
        TestClock clock = new TestClock();
        long texts;
        try (TestStore store = TestStore.open(folder, clock)) {
            List<ImportedTurn> turns = new ArrayList<>();
            for (int n = 0; n < 1_000; n++) {
                turns.add(new ImportedTurn(
                        new TurnKey("c", "p" + n, false),
                        new TurnBody(text(words, random, 40), text(words, random, 300)),
                        clock.instant(),
                        clock.instant(),
                        "/work"));
            }
            store.bean(TurnTransfer.class).importAll(turns, store.personas().ensure("Sam", false));
            texts = store.count("SELECT sum(bytes) FROM turn");
        }
        long bytes = Files.size(TestStore.home(folder).database());
        System.out.println("turns: " + bytes / 1000 + " kB for " + texts / 1000 + " kB of text");
        assertThat(bytes).isLessThan(4 * texts);
    }

    /** So many words of the documents, from somewhere in them. */
    private static String text(List<String> words, Random random, int length) {
        int from = random.nextInt(words.size() - length);
        return String.join(" ", words.subList(from, from + length));
    }

    private static List<String> words(Path folder) throws IOException {
        List<String> words = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                words.addAll(List.of(Files.readString(file).split("\\s+", -1)));
            }
        }
        return words;
    }

    @Test
    void aMonthIsBounded() throws Exception {
        TestClock clock = new TestClock();
        try (TestStore store = TestStore.open(folder, clock)) {
            for (int day = 0; day < DAYS; day++) {
                for (int n = 0; n < SESSIONS; n++) {
                    ClaimedSession claimed = store.sessions().claim(TestStore.claim("Persona" + n));
                    store.sessions().recordConnection(claimed.session().id());
                    Actor actor = store.sessions().actor(claimed.token()).orElseThrow();
                    String what = "on day " + day + " session " + n + " found ";
                    for (int message = 0; message < 20; message++) {
                        String text = what + message + " " + "words of a usual message ".repeat(12);
                        List<String> to = List.of("Persona" + (n + SESSIONS - 1) % SESSIONS);
                        store.room()
                                .say(
                                        actor,
                                        day + n == 0 ? NewMessage.toRoom(text) : NewMessage.to(to, text),
                                        "c" + message);
                    }
                    for (int memory = 0; memory < 5; memory++) {
                        String text = what + "fact " + memory + " " + "which is worth keeping ".repeat(12);
                        store.memory().remember(actor, NewMemory.note(text), "m" + memory);
                    }
                    store.room().hear(actor, "h", null);
                    store.room().confirmReceived(actor, List.of("h"));
                    store.sessions().end(claimed.session().id(), "stopped");
                    clock.advance(Duration.ofMinutes(72));
                }
            }
        }
        long bytes = Files.size(TestStore.home(folder).database());
        System.out.println("a month: " + bytes / 1000 + " kB, " + DAYS * SESSIONS * 25 + " messages and memories");
        assertThat(bytes).isLessThan(MOST_BYTES);
    }
}
