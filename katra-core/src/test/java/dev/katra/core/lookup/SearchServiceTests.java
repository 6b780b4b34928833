package dev.katra.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchServiceTests {

    @TempDir
    Path folder;

    @Test
    void findsMemoriesAndMessagesTogether() {
        try (TestStore store = TestStore.open(folder)) {
            Actor sam = store.session("Sam");
            Actor ada = store.human("Ada");
            store.memory().remember(sam, NewMemory.note("the cache lives in redis"), null);
            store.memory().remember(sam, NewMemory.note("the cache is warm"), null);
            store.room().say(sam, NewMessage.toRoom("where does the redis cache live?"), null);
            store.room().say(sam, NewMessage.toRoom("good night"), null);
            Hits hits = store.bean(SearchService.class).search(ada, "redis cache", 10);
            assertThat(hits.hits()).hasSize(3);
            assertThat(hits.total()).isEqualTo(3);
            assertThat(texts(hits).subList(0, 2))
                    .containsExactlyInAnyOrder("the cache lives in redis", "where does the redis cache live?");
            assertThat(hits.hits()).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
            assertThat(store.bean(SearchService.class).search(ada, "night", 10).hits())
                    .hasSize(1);
            assertThat(store.bean(SearchService.class)
                            .search(ada, "kubernetes", 10)
                            .hits())
                    .isEmpty();
        }
    }

    private static List<String> texts(Hits hits) {
        return hits.hits().stream()
                .map(hit -> hit.memory() != null
                        ? hit.memory().memory().body().content()
                        : Objects.requireNonNull(hit.message()).message().said().text())
                .toList();
    }
}
