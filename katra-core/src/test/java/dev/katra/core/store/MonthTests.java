package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
