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
    private int uids;

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

    /** Each situation beside ten new notes and decisions of Sam's in the same folder. */
    @Test
    void whatIsInForceNowComesBeforeOnesOwnNotes() throws Exception {
        Path repository = Files.createDirectories(work.resolve("ledger"));
        Files.createDirectory(repository.resolve(".git"));
        Path other = work.resolve("other");
        for (int n = 0; n < 10; n++) {
            add("own note " + n, "Sam", MemoryKind.NOTE, 4, repository, 0);
            add("own decision " + n, "Sam", MemoryKind.DECISION, 4, repository, 0);
        }
        add("elsewhere and minor: db1 is slow", "Dario", MemoryKind.FACT, 1, other, 5);
        store.bean(MemoryTransfer.class).importAll(records);

        assertInForce(true, "Code freeze until January 9", MemoryKind.DECISION, 3, other, 1);
        assertInForce(false, "Code freeze until January 1", MemoryKind.DECISION, 3, other, 3);
        assertInForce(true, "Never force-push to main", MemoryKind.FACT, 1, other, 200);
        assertInForce(true, "Do not restart db1 before Monday", MemoryKind.FACT, 2, other, 0);
        assertInForce(false, "Do not restart db1 before Monday", MemoryKind.FACT, 2, other, 12);
        assertInForce(true, "Don't upgrade Node", MemoryKind.DECISION, 3, null, 30);
        assertInForce(true, "You must not rename the topic orders", MemoryKind.FACT, 3, other, 90);
        assertInForce(true, "Auf Produktion nicht testen", MemoryKind.FACT, 3, other, 90);
        assertInForce(true, "Keine Releases bis 5. Januar", MemoryKind.DECISION, 3, other, 2);
        assertInForce(false, "Keine Releases bis 5. Dezember", MemoryKind.DECISION, 3, other, 60);
        assertInForce(false, "Never mind the walrus", MemoryKind.NOTE, 3, other, 1);
        assertInForce(true, "the vault moves tonight", MemoryKind.NOTE, 5, other, 300);
        assertInForce(false, "Freeze until December 1", MemoryKind.FACT, 5, other, 40);
        assertInForce(false, "the vault moved", MemoryKind.DECISION, 4, other, 40);
    }

    @Test
    void manyNegationsDoNotHideAFreeze() {
        add("Code freeze until January 9", "Dario", MemoryKind.FACT, 1, work.resolve("other"), 5);
        for (int n = 0; n < 100; n++) {
            add("The port is not " + n, "Sam", MemoryKind.FACT, 4, work, 0);
        }
        store.bean(MemoryTransfer.class).importAll(records);

        assertThat(contents(work, 1)).containsExactly("Code freeze until January 9");
    }

    private void assertInForce(
            boolean first, String content, MemoryKind kind, int importance, @Nullable Path where, int daysAgo) {
        records.clear();
        add(content, "Dario", kind, importance, where, daysAgo);
        ExportedMemory one = records.get(0);
        MemoryTransfer transfer = store.bean(MemoryTransfer.class);
        transfer.importAll(
                List.of(ExportedMemory.single("in-force-" + uids++, one.author(), one.memory(), one.origin())));
        List<MemoryDetails> chosen = store.memory().startMemories(sam, work.resolve("ledger"), 5);
        if (first) {
            assertThat(chosen.get(0).body().content()).isEqualTo(content);
            store.memory().forget(store.human("Ada"), chosen.get(0).number());
        } else {
            assertThat(chosen).extracting(each -> each.body().content()).doesNotContain(content);
            store.memory().forget(store.human("Ada"), store.count("SELECT max(id) FROM memory"));
        }
    }

    @Test
    void importanceFiveComesBeforeWhatIsInForceAndWhatIsSettledOrDisputedNotAtAll() {
        Actor dario = store.session("Dario");
        long vital = remember(dario, "the vault key is with Ann", MemoryKind.FACT, 5);
        long freeze = remember(dario, "Code freeze until January 9", MemoryKind.DECISION, 3);
        long disputed = remember(dario, "Never deploy on Fridays", MemoryKind.DECISION, 3);
        long old = remember(dario, "Do not use the red queue", MemoryKind.FACT, 3);
        assertThat(store.memory().startMemories(sam, null, 2))
                .extracting(MemoryDetails::number)
                .startsWith(vital);
        store.memory().remember(sam, NewMemory.note("Fridays are fine"), null, disputed);
        store.memory().edit(dario, old, MemoryChange.content("The red queue is gone"), null);
        assertThat(store.memory().startMemories(sam, null, 9))
                .extracting(MemoryDetails::number)
                .startsWith(vital, freeze)
                .doesNotContain(disputed, old);
    }

    private long remember(Actor actor, String content, MemoryKind kind, int importance) {
        return store.memory()
                .remember(actor, new NewMemory(content, kind, MemoryScope.TEAM, importance, List.of()), null)
                .number();
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
