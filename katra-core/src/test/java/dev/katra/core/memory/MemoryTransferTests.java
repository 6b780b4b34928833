package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void whatHasTheSmallerNumberMayHoldAndContradict() {
        long holds = remember("the port is 1");
        long old = remember("the port was 2");
        memory.supersede(here.human("Ada"), old, holds);
        long first = remember("Anna leads the team");
        memory.forget(sam, first);
        long wrong = memory.remember(here.session("Dario"), NewMemory.note("the port is 3"), null)
                .number();
        memory.remember(sam, NewMemory.note("the port is 1"), null, wrong);

        assertSameStanding(exported(here));
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .extracting(each -> each.body().content())
                .containsExactly("the port is 3", "the port is 1");
    }

    @Test
    void aMemoryStaysSupersededByWhatIsForgotten() {
        Actor dario = here.session("Dario");
        long first =
                memory.remember(dario, NewMemory.note("the port is 1"), null).number();
        long second = remember("the port is 2");
        memory.supersede(here.human("Ada"), first, second);
        memory.forget(sam, second);

        bring();

        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .isEmpty();
        assertThat(exported(there)).singleElement().satisfies(each -> {
            assertThat(each.standing().superseded()).isTrue();
            assertThat(each.standing().supersededBy()).isNull();
        });
    }

    @Test
    void aRevisionTakesThePlaceOfOneBeforeThatIsForgotten() {
        long first = remember("the port is 1");
        long second = memory.edit(sam, first, MemoryChange.content("the port is 2"), null)
                .number();
        memory.forget(sam, first);
        memory.supersede(here.human("Ada"), remember("the port is 3"), second);

        assertSameStanding(exported(here));
        assertThat(there.memory()
                        .recent(there.human("Ada"), MemoryFilter.ALL, 9)
                        .memories())
                .extracting(each -> each.body().content())
                .containsExactly("the port is 2");
    }

    /** The texts are few, so that many are said again and some return. */
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 5, 8})
    void theStandingIsTheSameInWhateverOrderTheyCome(long seed) {
        Random random = new Random(seed);
        List<Actor> actors = List.of(sam, here.session("Dario"), here.human("Ada"));
        for (int n = 0; n < 80; n++) {
            clock.advance(Duration.ofMinutes(1));
            Actor actor = actors.get(random.nextInt(3));
            long one = 1L + random.nextInt(20);
            long other = 1L + random.nextInt(20);
            String text = "the port is " + random.nextInt(12);
            try {
                switch (random.nextInt(8)) {
                    case 0 -> memory.edit(actor, one, MemoryChange.content(text), null);
                    case 1, 2 -> memory.supersede(here.human("Ada"), one, other);
                    case 3 -> memory.forget(actor, one);
                    case 4 -> memory.remember(actor, NewMemory.note(text), null, one);
                    default -> memory.remember(actor, NewMemory.note(text), null);
                }
            } catch (Failure refused) {
                // not every choice is one that the memory allows
            }
        }
        List<ExportedMemory> all = new ArrayList<>(exported(here));
        assertThat(all).anyMatch(each -> each.standing().superseded());
        if (seed % 2 == 0) {
            Collections.shuffle(all, random);
        }
        assertSameStanding(all);
    }

    /** Brings the memories and asserts that each says of itself there what it says here. */
    private void assertSameStanding(List<ExportedMemory> all) {
        assertThat(there.bean(MemoryTransfer.class).importAll(all).added()).isEqualTo(all.size());
        assertThat(exported(there))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .ignoringFields("origin.session", "origin.imported", "predecessors.previous")
                .isEqualTo(exported(here));
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
