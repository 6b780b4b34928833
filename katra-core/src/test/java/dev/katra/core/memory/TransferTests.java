package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTests {

    @TempDir
    Path folder;

    @Test
    void takesMemoriesToAnotherStoreAsTheyAre() {
        TestClock clock = new TestClock();
        List<MemoryRecord> exported;
        try (TestStore store = TestStore.open(folder.resolve("a"), clock)) {
            Actor sam = store.session("Sam");
            Actor ada = store.human("Ada");
            long old =
                    store.memory().remember(sam, NewMemory.note("port 1"), null).number();
            clock.advance(Duration.ofDays(1));
            store.memory().edit(sam, old, MemoryChange.content("port 2"), null);
            store.memory().remember(sam, NewMemory.note("port 2"), null);
            store.memory()
                    .remember(ada, new NewMemory("mine", MemoryKind.FACT, MemoryScope.PRIVATE, 5, List.of("x")), null);
            store.memory()
                    .forget(
                            ada,
                            store.memory()
                                    .remember(ada, NewMemory.note("gone"), null)
                                    .number());
            exported = exported(store.bean(Transfer.class), 2);
        }
        assertThat(exported).extracting(each -> each.memory().content()).containsExactly("port 1", "port 2", "mine");
        try (TestStore store = TestStore.open(folder.resolve("b"), new TestClock())) {
            Transfer transfer = store.bean(Transfer.class);
            assertThat(transfer.importAll(exported)).isEqualTo(new Imported(3, 0));
            assertThat(transfer.importAll(exported)).isEqualTo(new Imported(0, 3));
            Actor ada = Actor.human(store.personas().get("Ada"));
            assertThat(ada.human()).isTrue();
            List<KnownMemory> found = store.memory().recall(ada, RecallQuery.of("port")).found().stream()
                    .map(Recalled.Found::memory)
                    .toList();
            assertThat(found).extracting(KnownMemory::content).containsExactly("port 2", "port 1");
            assertThat(found.get(0).confirmations()).isOne();
            assertThat(found.get(0).provider()).isEqualTo("demo");
            assertThat(found.get(0).at()).isEqualTo(exported.get(1).at());
            assertThat(found.get(1).supersededBy()).isEqualTo(found.get(0).number());
            // Sessions stay where they were; all else is as it was.
            assertThat(exported(transfer, 100))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("session")
                    .isEqualTo(exported);
        }
    }

    @Test
    void neverChangesOrBringsBackWhatIsHere() {
        try (TestStore store = TestStore.open(folder)) {
            Transfer transfer = store.bean(Transfer.class);
            MemoryRecord record = MemoryRecord.foreign(
                    "01900000-0000-7000-8000-000000000001",
                    "Zoe",
                    false,
                    NewMemory.note("from elsewhere"),
                    Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(transfer.importAll(List.of(record)).added()).isOne();
            Actor ada = store.human("Ada");
            long number = store.memory()
                    .recall(ada, RecallQuery.of("elsewhere"))
                    .found()
                    .get(0)
                    .memory()
                    .number();
            long next = store.memory()
                    .edit(ada, number, MemoryChange.content("from here"), null)
                    .number();
            assertThat(transfer.importAll(List.of(record)).known()).isOne();
            store.memory().forget(ada, next);
            assertThat(transfer.importAll(List.of(record)).known()).isOne();
            assertThat(store.memory()
                            .recall(ada, RecallQuery.of("elsewhere here"))
                            .found())
                    .isEmpty();
            MemoryRecord again = MemoryRecord.foreign(
                    "01900000-0000-7000-8000-000000000002", "Ada", true, NewMemory.note("said"), Instant.EPOCH);
            store.memory().remember(ada, NewMemory.note("said"), null);
            assertThat(transfer.importAll(List.of(again)).known()).isOne();
        }
    }

    private static List<MemoryRecord> exported(Transfer transfer, int page) {
        List<MemoryRecord> all = new ArrayList<>();
        MemoryRecord.Page next = transfer.export(0, page);
        while (!next.last()) {
            all.addAll(next.records());
            next = transfer.export(next.next(), page);
        }
        return all;
    }
}
