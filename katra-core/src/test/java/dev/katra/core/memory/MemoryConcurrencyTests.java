package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MemoryConcurrencyTests {

    private static final int SESSIONS = 8;
    private static final int EACH = 25;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void findsOnceWhatManySessionsRememberedAtOnce() {
        try (TestStore store = TestStore.open(folder)) {
            List<Actor> actors = IntStream.range(0, SESSIONS)
                    .mapToObj(n -> store.session("P" + n))
                    .toList();
            CompletableFuture.allOf(actors.stream()
                            .map(actor -> CompletableFuture.runAsync(() -> work(store, actor)))
                            .toArray(CompletableFuture[]::new))
                    .join();
            for (Actor actor : actors) {
                for (int n = 0; n < EACH; n++) {
                    assertThat(found(store, actors.get(0), actor, n)).hasSize(1);
                }
            }
            assertThat(store.count("SELECT count(*) FROM memory WHERE forgotten_at IS NULL"))
                    .isEqualTo(SESSIONS * EACH);
            assertThat(store.count("SELECT doc FROM memory_word WHERE term = 'k_note'"))
                    .isEqualTo(SESSIONS * EACH);
        }
    }

    private static void work(TestStore store, Actor actor) {
        for (int n = 0; n < EACH; n++) {
            store.memory().remember(actor, NewMemory.note(words(actor, n)), "call" + n);
            store.memory().remember(actor, NewMemory.note(words(actor, n)), "call" + n);
            long passing = store.memory()
                    .remember(actor, NewMemory.note("passing " + actor.persona() + n), null)
                    .number();
            assertThat(found(store, actor, actor, n)).hasSize(1);
            store.memory().forget(actor, passing);
        }
    }

    private static String words(Actor actor, int n) {
        return "needle" + actor.persona().toLowerCase(java.util.Locale.ROOT) + "x" + n + " lies in the hay";
    }

    private static List<RecallResult.RecalledMemory> found(TestStore store, Actor viewer, Actor author, int n) {
        String word = words(author, n).split(" ", -1)[0];
        return store.memory().recall(viewer, RecallQuery.of(word)).found().stream()
                .filter(found -> found.memory().body().content().equals(words(author, n)))
                .toList();
    }
}
