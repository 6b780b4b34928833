package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.store.Holds;
import dev.katra.core.store.Writes;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long text leaves its index in several writes, and nothing of it stays there. */
class RemovalInPartsTests {

    private static final int WORDS = 1_000;

    @TempDir
    Path folder;

    @Test
    void theSameTermsGiveTheSamePartsAndEachTermIsInOne() {
        Terms terms = Terms.of(text() + " " + text(), List.of("Ada"), List.of("k_note"));
        List<Terms> parts = terms.parts();

        assertThat(parts).hasSizeGreaterThan(WORDS / Terms.PART).isEqualTo(terms.parts());
        assertThat(parts.stream().flatMap(part -> part.content().stream()).toList())
                .containsExactlyInAnyOrderElementsOf(terms.content());
        assertThat(parts.stream().flatMap(part -> part.meta().stream()).toList())
                .containsExactlyInAnyOrderElementsOf(terms.meta());
        assertThat(parts.stream()
                        .flatMap(part -> part.content().stream().distinct())
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(Terms.of("a short one", List.of(), List.of()).parts()).hasSize(1);
    }

    @Test
    void otherMetadataChangesTheLastPartAlone() {
        String text = IntStream.range(0, WORDS).mapToObj(n -> "word" + n).collect(Collectors.joining(" ")) + " ada";
        List<Terms> one = Terms.of(text, List.of("ada"), List.of("a_1", "p_7")).parts();
        List<Terms> other = Terms.of(text, List.of("ada"), List.of("a_1")).parts();
        int last = one.size() - 1;
        assertThat(other).hasSameSizeAs(one);
        assertThat(other.subList(0, last)).isEqualTo(one.subList(0, last)).allSatisfy(part -> assertThat(part.meta())
                .isEmpty());
        assertThat(one.get(last).meta()).contains("p_7", "ada");
        assertThat(one.get(last).content()).containsOnly("ada");
    }

    @Test
    void aForgottenTextLeavesNoWordInTheIndex() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            store.memory().remember(ada, NewMemory.note("a word that stays"), null);
            long number =
                    store.memory().remember(ada, NewMemory.note(text()), null).number();
            assertThat(words(store)).isGreaterThan(WORDS);

            store.memory().forget(ada, number);

            assertThat(words(store)).isLessThan(30);
            assertThat(store.count("SELECT count(*) FROM memory_index_docsize")).isOne();
            assertWhole(store);
        }
    }

    @Test
    void aRemovalThatWasCutOffIsUndoneAtTheNextStartAndCanBeDoneAgain() {
        long number;
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            number = store.memory().remember(ada, NewMemory.note(text()), null).number();
            long before = words(store);
            StoredTexts memories = memories(store);
            CutTexts cut = new CutTexts();
            boolean out = cut.complete(() -> store.writes().run(() -> {
                IndexedText text = memories.row(number).orElseThrow().text();
                return store.bean(TextIndexes.class).of("memory").remove(number, cut.parts(text));
            }));
            assertThat(out).isFalse();
            assertThat(words(store)).isEqualTo(before - Terms.PART);
        }
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            assertThat(store.count("SELECT count(*) FROM index_removal")).isZero();
            for (int n = 0; n < WORDS; n += 50) {
                assertThat(store.memory().recall(ada, RecallQuery.of(word(n))).found())
                        .as(word(n))
                        .hasSize(1);
            }
            assertWhole(store);

            store.memory().forget(ada, number);

            assertThat(words(store)).isZero();
            assertThat(store.count("SELECT count(*) FROM memory_index_docsize")).isZero();
            assertWhole(store);
        }
    }

    @Test
    void anEditThatFailsBetweenTwoPartsLeavesTheTextInTheIndex() throws Exception {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("Ada");
            String longest = IntStream.range(0, 8_000)
                    .mapToObj(RemovalInPartsTests::word)
                    .collect(Collectors.joining(" "));
            long number =
                    store.memory().remember(ada, NewMemory.note(longest), null).number();
            long before = words(store);
            FutureTask<Long> other = new FutureTask<>(() -> store.memory()
                    .edit(ada, number, MemoryChange.content("another one was faster"), null)
                    .number());
            store.writes().holds().listen(new Between(store, other));

            Failure failure = catchThrowableOfType(Failure.class, () -> store.memory()
                    .edit(ada, number, new MemoryChange(null, null, MemoryScope.PRIVATE, null, null), null));

            assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT);
            assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(number + 1);
            assertThat(store.count("SELECT count(*) FROM index_removal")).isZero();
            assertThat(words(store)).isGreaterThan(before);
            assertWhole(store);

            store.memory().forget(ada, number + 1);

            assertThat(words(store)).isZero();
            assertWhole(store);
        }
    }

    /** Lets a task write after the first part of an edit and before the next. */
    private static final class Between implements Holds.Listener {

        private final TestStore store;
        private final FutureTask<Long> task;
        private boolean begun;

        Between(TestStore store, FutureTask<Long> task) {
            this.store = store;
            this.task = task;
        }

        @Override
        public void held(Supplier<String> by, long nanos) {
            if (begun || !by.get().equals("the commit of MemoryService.edit") || !isRemovedInPart()) {
                return;
            }
            begun = true;
            Thread other = new Thread(task);
            other.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!waitsForTheWriter(other)) {
                assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
                Thread.onSpinWait();
            }
        }

        /** Asks on another thread, because the writer's has a connection of its own. */
        private boolean isRemovedInPart() {
            return CompletableFuture.supplyAsync(() -> store.count("SELECT count(*) FROM index_removal"))
                            .join()
                    > 0;
        }

        private static boolean waitsForTheWriter(Thread thread) {
            return thread.getState() == Thread.State.WAITING
                    && Stream.of(thread.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(Writes.class.getName()));
        }
    }

    private static StoredTexts memories(TestStore store) {
        return store.beans(StoredTexts.class).stream()
                .filter(each -> each.name().equals("memory"))
                .findFirst()
                .orElseThrow();
    }

    private static long words(TestStore store) {
        return store.count("SELECT count(*) FROM memory_word");
    }

    private static void assertWhole(TestStore store) {
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO memory_index (memory_index) VALUES ('integrity-check')")
                .update());
    }

    private static String text() {
        return IntStream.range(0, WORDS).mapToObj(RemovalInPartsTests::word).collect(Collectors.joining(" "));
    }

    private static String word(int n) {
        return "zq" + Integer.toString(n + 2_000, 36) + "xv";
    }
}
