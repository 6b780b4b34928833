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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels from one store to another. */
class MemoryTransferTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore here;
    private TestStore there;
    private MemoryService memory;
    private Actor sam;

    @BeforeEach
    void open() {
        here = TestStore.open(folder.resolve("here"), clock);
        there = TestStore.open(folder.resolve("there"), clock);
        memory = here.memory();
        sam = here.session("Sam");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void everythingArrivesOnceAndAsItWas() {
        long first = remember("the port is 1");
        clock.advance(Duration.ofHours(1));
        memory.edit(sam, first, MemoryChange.content("the port is 2"), null);
        memory.remember(
                sam, new NewMemory("mine", MemoryKind.DECISION, MemoryScope.PRIVATE, 5, List.of("a", "b")), null);
        memory.forget(sam, remember("gone"));
        memory.remember(here.session("Dario"), NewMemory.note("the port is 3"), null, first + 1);
        remember("said twice");
        remember("said twice");

        assertThat(bring()).isEqualTo(new ImportCounts(5, 0));
        assertThat(bring()).isEqualTo(new ImportCounts(0, 5));
        assertThat(exported(there))
                .usingRecursiveComparison()
                .ignoringFields("origin.session", "origin.imported")
                .isEqualTo(exported(here));
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .extracting(each -> each.body().content())
                .containsExactly("said twice", "the port is 3", "the port is 2");
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .extracting(each -> each.lineage().contradicts().size())
                .containsExactly(0, 1, 0);
    }

    @Test
    void aRevisionOfTheTagsAloneArrivesToo() {
        long first = remember("the port is 1");
        memory.edit(sam, first, new MemoryChange(null, MemoryKind.FACT, null, 5, List.of("net")), null);

        assertThat(bring()).isEqualTo(new ImportCounts(2, 0));
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.body().tags()).containsExactly("net");
                    assertThat(each.lineage().supersedes()).isEqualTo(1);
                });
        assertThat(bring()).isEqualTo(new ImportCounts(0, 2));
    }

    @Test
    void whatIsForgottenThereStaysForgotten() {
        long first = remember("the port is 1");
        bring();
        there.memory().forget(there.human("Ada"), 1);
        assertThat(bring()).isEqualTo(new ImportCounts(0, 1));

        memory.edit(sam, first, MemoryChange.content("the port is 2"), null);
        assertThat(bring()).isEqualTo(new ImportCounts(1, 1));
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .singleElement()
                .satisfies(each -> assertThat(each.lineage().supersedes()).isNull());
    }

    @Test
    void neverChangesOrBringsBackWhatIsHere() {
        try (TestStore store = TestStore.open(folder.resolve("third"))) {
            MemoryTransfer transfer = store.bean(MemoryTransfer.class);
            ExportedMemory record = ExportedMemory.ofUnknownOrigin(
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
            ExportedMemory again = ExportedMemory.ofUnknownOrigin(
                    "01900000-0000-7000-8000-000000000002", "Ada", true, NewMemory.note("said"), Instant.EPOCH);
            store.memory().remember(ada, NewMemory.note("said"), null);
            assertThat(transfer.importAll(List.of(again)).known()).isOne();
        }
    }

    private long remember(String content) {
        return memory.remember(sam, NewMemory.note(content), null).number();
    }

    private ImportCounts bring() {
        return there.bean(MemoryTransfer.class).importAll(exported(here));
    }

    private static List<ExportedMemory> exported(TestStore store) {
        MemoryTransfer transfer = store.bean(MemoryTransfer.class);
        List<ExportedMemory> all = new ArrayList<>();
        ExportedMemory.Page next = transfer.export(0, 2);
        while (!next.last()) {
            all.addAll(next.records());
            next = transfer.export(next.next(), 2);
        }
        return all;
    }
}
