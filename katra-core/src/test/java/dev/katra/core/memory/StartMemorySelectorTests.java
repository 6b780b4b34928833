package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartMemorySelectorTests {

    @TempDir
    Path home;

    @TempDir
    Path work;

    private final TestClock clock = new TestClock();
    private final List<ExportedMemory> records = new ArrayList<>();
    private TestStore store;
    private Actor sam;

    @BeforeEach
    void open() {
        store = TestStore.open(home, clock);
        sam = store.session("Sam");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void choosesWhatMattersHereAndNotTheNewest() throws Exception {
        Path repository = Files.createDirectories(work.resolve("ledger"));
        Files.createDirectory(repository.resolve(".git"));
        Path core = Files.createDirectories(repository.resolve("core"));
        add("vital everywhere", "Dario", MemoryKind.FACT, 5, null, 90);
        add("decided here", "Dario", MemoryKind.DECISION, 4, core, 60);
        add("learned in the repository", "Dario", MemoryKind.FACT, 3, repository.resolve("web"), 60);
        add("elsewhere", "Dario", MemoryKind.FACT, 3, work.resolve("other"), 60);
        add("superseded", "Sam", MemoryKind.DECISION, 5, core, 50);
        for (int n = 0; n < 100; n++) {
            add("chatter " + n, "Dario", MemoryKind.NOTE, 1, work.resolve("other"), 0);
        }
        store.bean(MemoryTransfer.class).importAll(records);
        long old = store.memory()
                .recall(sam, RecallQuery.of("superseded"))
                .found()
                .get(0)
                .memory()
                .number();
        store.memory().edit(store.human("Ada"), old, MemoryChange.content("its successor"), null);
        assertThat(contents(core, 4))
                .containsExactlyInAnyOrder(
                        "vital everywhere", "decided here", "learned in the repository", "its successor");
        assertThat(contents(core, 1)).doesNotContain("learned in the repository");
        assertThat(contents(null, 1)).doesNotContain("chatter 99");
    }

    @Test
    void choosesNothingThatAnotherKeepsPrivate() {
        store.memory()
                .remember(
                        store.session("Dario"),
                        new NewMemory("hidden", MemoryKind.DECISION, MemoryScope.PRIVATE, 5, List.of()),
                        null);
        assertThat(contents(Path.of("/work"), 5)).isEmpty();
    }

    private void add(
            String content, String author, MemoryKind kind, int importance, @Nullable Path where, int daysAgo) {
        Instant at = clock.instant().minusSeconds(daysAgo * 86_400L);
        records.add(ExportedMemory.single(
                "uid-" + records.size(),
                new MemoryAuthor(author, false),
                new NewMemory(content, kind, MemoryScope.TEAM, importance, List.of()),
                new MemoryOrigin(at, "demo", null, where == null ? null : where.toString(), null)));
    }

    private List<String> contents(@Nullable Path folder, int limit) {
        return store.memory().startMemories(sam, folder, limit).stream()
                .map(each -> each.body().content())
                .toList();
    }
}
