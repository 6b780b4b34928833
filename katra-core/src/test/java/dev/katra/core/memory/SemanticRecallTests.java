package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SemanticRecallTests {

    /** Says what it is told. */
    private static final class Told implements SemanticIndex {
        private final List<Neighbour> near = new ArrayList<>();
        private final List<Long> gone = new ArrayList<>();
        private boolean ready = true;
        private int written;

        @Override
        public Optional<List<Neighbour>> nearest(String text, LongPredicate allowed, int most) {
            return ready
                    ? Optional.of(near.stream()
                            .filter(each -> allowed.test(each.number()))
                            .limit(most)
                            .toList())
                    : Optional.empty();
        }

        @Override
        public void onForgotten(Collection<Long> numbers) {
            gone.addAll(numbers);
        }

        @Override
        public void onWritten() {
            written++;
        }
    }

    @TempDir
    Path folder;

    private final Told told = new Told();
    private TestStore store;
    private MemoryService memory;
    private Actor sam;
    private Actor dario;

    @BeforeEach
    void open() {
        store = TestStore.open(
                folder,
                new TestClock(),
                context -> context.registerBean(
                        SemanticIndex.class, () -> told, definition -> definition.setPrimary(true)));
        memory = store.memory();
        sam = store.session("Sam");
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void addsWhatMeansTheSameToWhatHasTheWords() {
        long words = remember(sam, "the cat sleeps on the sofa");
        long meaning = remember(sam, "a feline naps");
        remember(sam, "nothing of it");
        told.near.add(new SemanticIndex.Neighbour(meaning, 1.2));
        told.near.add(new SemanticIndex.Neighbour(words, 0.7));
        List<RecallResult.RecalledMemory> found = recall(MemoryFilter.ALL).found();
        assertThat(found).extracting(each -> each.memory().number()).containsExactly(words, meaning);
        assertThat(found.get(0).why()).containsExactly("cat", "sofa");
        assertThat(found.get(1).why()).containsExactly("meaning");
        told.ready = false;
        assertThat(recall(MemoryFilter.ALL).found()).hasSize(1);
    }

    @Test
    void marksWhatIsNeitherNearEnoughNorHasTheWords() {
        long far = remember(sam, "a feline naps");
        told.near.add(new SemanticIndex.Neighbour(far, 0.9));
        assertThat(recall(MemoryFilter.ALL).weak()).isTrue();
        assertThat(recall(MemoryFilter.ALL).found()).hasSize(1);
        told.near.set(0, new SemanticIndex.Neighbour(far, 1));
        assertThat(recall(MemoryFilter.ALL).weak()).isFalse();
    }

    @Test
    void takesWhatHasSomeOfTheWordsForAnAnswerThoughItIsFarther() {
        long both = remember(sam, "a feline naps on a sofa");
        remember(sam, "the cat is ill");
        told.near.add(new SemanticIndex.Neighbour(both, 0.1));
        assertThat(recall(MemoryFilter.ALL).weak()).isTrue();
        told.near.set(0, new SemanticIndex.Neighbour(both, 0.7));
        assertThat(recall(MemoryFilter.ALL).weak()).isFalse();
    }

    @Test
    void takesWhatHasAllTheWordsForAnAnswerThoughItIsNotAmongTheNearest() {
        remember(sam, "the cat sleeps on the sofa");
        long far = remember(sam, "a feline naps");
        told.near.add(new SemanticIndex.Neighbour(far, 0.1));
        assertThat(recall(MemoryFilter.ALL).weak()).isFalse();
    }

    @Test
    void keepsToWhatMayBeSeenAndIsAskedFor() {
        long hidden = memory.remember(
                        sam, new NewMemory("a feline", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null)
                .number();
        long other = remember(dario, "a kitten");
        long gone = remember(dario, "a tomcat");
        memory.forget(dario, gone);
        List.of(hidden, other, gone).forEach(number -> told.near.add(new SemanticIndex.Neighbour(number, 0.9)));
        assertThat(recall(MemoryFilter.ALL).found())
                .singleElement()
                .satisfies(found -> assertThat(found.memory().number()).isEqualTo(other));
        assertThat(recall(MemoryFilter.by("Sam")).found()).isEmpty();
    }

    @Test
    void hearsOfWhatIsWrittenAndForgotten() {
        long number = remember(sam, "a");
        memory.edit(sam, number, MemoryChange.content("b"), null);
        assertThat(told.written).isEqualTo(2);
        memory.forget(sam, number);
        assertThat(told.gone).containsExactly(number);
    }

    @Test
    void storesTheVectorsOfWhatIsNotForgotten() {
        MemoryVectors vectors = store.bean(MemoryVectors.class);
        long one = remember(sam, "one");
        long two = remember(sam, "two");
        long three = remember(sam, "three");
        assertThat(vectors.pending("e", 0, 2))
                .extracting(MemoryVectors.PendingMemory::content)
                .containsExactly("one", "two");
        memory.forget(sam, three);
        vectors.store("e", Map.of(one, new byte[] {1, -2}, two, new byte[] {3}, three, new byte[] {4}));
        assertThat(vectors.countVectors("e")).isEqualTo(2);
        assertThat(vectors.pending("e", 0, 9)).isEmpty();
        assertThat(vectors.page("e", one, 9)).containsOnlyKeys(two);
        assertThat(vectors.page("e", 0, 1)).containsExactly(Map.entry(one, new byte[] {1, -2}));
        memory.forget(sam, one);
        assertThat(vectors.page("e", 0, 9)).containsOnlyKeys(two);
        assertThat(vectors.pending("f", 0, 9))
                .extracting(MemoryVectors.PendingMemory::number)
                .containsExactly(two);
        assertThat(vectors.removeOthers("f", 9)).isOne();
        assertThat(vectors.countMemories()).isOne();
    }

    private long remember(Actor actor, String content) {
        return memory.remember(actor, NewMemory.note(content), null).number();
    }

    private RecallResult recall(MemoryFilter filter) {
        return memory.recall(dario, new RecallQuery("is the cat on the sofa", filter, 10));
    }
}
