package dev.katra.core.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.SemanticIndex.Neighbour;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.FakeEmbedder;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingIndexTests {

    @TempDir
    Path folder;

    private final FakeEmbedder embedder = new FakeEmbedder("fake");
    private TestStore store;
    private EmbeddingIndex index;
    private Actor sam;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        index = store.bean(EmbeddingIndex.class);
        sam = store.session("Sam");
    }

    @AfterEach
    void close() {
        embedder.release();
        store.close();
    }

    @Test
    void isOffUntilItIsSwitchedOn() {
        remember("Dario bought a car");
        assertThat(index.nearest("automobile", n -> true, 5)).isEmpty();
        assertThat(index.state()).isEqualTo(new EmbeddingIndex.State(null, 0, 1, false, null));
        assertThat(vectors()).isZero();
    }

    @Test
    void findsInOtherWordsWhatWasThereAndWhatIsWritten() {
        long before = remember("Dario bought a car");
        remember("Ship on Friday");
        index.switchOn(embedder);
        awaitComplete();
        assertThat(find("purchased automobile")).containsExactly(before);
        long after = remember("Mira has a vehicle");
        await(() -> vectors() == 3);
        await(() -> find("automobile").size() == 2);
        assertThat(find("automobile")).containsExactlyInAnyOrder(before, after);
    }

    @Test
    void tellsNothingWhileItIsHalfBuiltAndSaysHowFarItIs() {
        for (int n = 0; n < 40; n++) {
            remember("car number " + n);
        }
        index.switchOn(embedder.allow(20));
        await(() -> index.state().vectors() == 16);
        assertThat(index.nearest("automobile", n -> true, 5)).isEmpty();
        assertThat(index.state()).isEqualTo(new EmbeddingIndex.State("fake", 16, 40, false, null));
        embedder.release();
        awaitComplete();
        assertThat(index.state().vectors()).isEqualTo(40);
        assertThat(find("automobile")).hasSize(5);
    }

    @Test
    void neverKeepsAWriteWaiting() {
        index.switchOn(embedder.allow(0));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int n = 0; n < 50; n++) {
                remember("car number " + n);
            }
        });
        assertThat(vectors()).isZero();
    }

    @Test
    void goesOnWhereItWasStopped() {
        for (int n = 0; n < 40; n++) {
            remember("car number " + n);
        }
        index.switchOn(embedder.allow(16));
        await(() -> vectors() == 16 && embedder.waiting());
        embedder.allow(1); // the text that it is at
        index.switchOff();
        assertThat(embedder.closed()).isTrue();
        assertThat(vectors()).isEqualTo(17);
        store.close();

        store = TestStore.open(folder);
        index = store.bean(EmbeddingIndex.class);
        FakeEmbedder next = new FakeEmbedder("fake").allow(23);
        index.switchOn(next);
        awaitComplete();
        assertThat(index.state().vectors()).isEqualTo(40);
    }

    @Test
    void forgetsAVectorWithItsMemoryOnOrOff() {
        long first = remember("Dario bought a car");
        long second = remember("Mira has a car");
        index.switchOn(embedder);
        awaitComplete();
        store.memory().forget(sam, first);
        assertThat(vectors()).isOne();
        await(() -> index.state().vectors() == 1);
        index.switchOff();
        store.memory().forget(sam, second);
        assertThat(vectors()).isZero();
    }

    @Test
    void storesNoVectorOfWhatIsForgottenWhileItIsEmbedded() {
        index.switchOn(embedder.allow(0));
        long gone = remember("Dario bought a car");
        store.memory().forget(sam, gone);
        embedder.release();
        remember("Mira has a car");
        await(() -> vectors() == 1);
        awaitComplete();
        await(() -> index.state().vectors() == 1);
        assertThat(find("automobile")).doesNotContain(gone).hasSize(1);
    }

    @Test
    void knowsBothRevisionsOfAMemory() {
        long old = remember("Dario bought a car");
        index.switchOn(embedder);
        awaitComplete();
        long next = store.memory()
                .edit(sam, old, MemoryChange.content("Dario sold his car"), null)
                .number();
        await(() -> find("automobile").size() == 2);
        assertThat(find("automobile")).containsExactlyInAnyOrder(old, next);
    }

    @Test
    void keepsAskingWhenTheEmbedderFails() {
        remember("Dario bought a car");
        index.switchOn(embedder);
        awaitComplete();
        embedder.fail(true);
        assertThat(index.nearest("automobile", n -> true, 5)).isEmpty();
        remember("Mira has a car");
        await(() -> index.state().failure() != null);
        assertThat(index.state().failure()).isEqualTo("it fails");
        embedder.fail(false);
        remember("Ken has a car");
        await(() -> vectors() == 3);
        await(() -> index.state().failure() == null);
    }

    @Test
    void leavesOutNothingThatItWasAtWhenTheEmbedderFailed() {
        for (int n = 0; n < 10; n++) {
            remember("car number " + n);
        }
        index.switchOn(embedder.allow(5));
        await(embedder::waiting);
        embedder.fail(true);
        embedder.release();
        await(() -> index.state().failure() != null);
        embedder.fail(false);
        remember("Ken has a car");
        await(() -> index.state().failure() == null && index.state().complete());
        assertThat(vectors()).isEqualTo(11);
        assertThat(index.state().vectors()).isEqualTo(11);
    }

    @Test
    void replacesTheVectorsOfAnotherEmbedder() {
        long number = remember("Dario bought a car");
        store.bean(MemoryVectors.class).store("another", Map.of(number, new byte[FakeEmbedder.DIMENSIONS]));
        index.switchOn(embedder);
        awaitComplete();
        assertThat(store.count("SELECT count(*) FROM memory_vector WHERE embedder = 'another'"))
                .isZero();
        assertThat(find("automobile")).containsExactly(number);
    }

    @Test
    void deletesWhatItStored() {
        remember("Dario bought a car");
        index.switchOn(embedder);
        awaitComplete();
        index.switchOff();
        index.deleteStored();
        assertThat(vectors()).isZero();
    }

    @Test
    void makesVectorsOfTheNewestOnlyWhereThereAreTooMany() {
        for (int n = 0; n < 30; n++) {
            remember("car number " + n);
        }
        EmbeddingIndex small = new EmbeddingIndex(store.bean(MemoryVectors.class), 10);
        small.switchOn(embedder);
        await(() -> small.state().complete());
        assertThat(small.state().vectors()).isEqualTo(10);
        assertThat(store.count("SELECT min(memory_id) FROM memory_vector")).isEqualTo(21);
        small.switchOff();
    }

    private long remember(String text) {
        return store.memory().remember(sam, NewMemory.note(text), null).memory().number();
    }

    private List<Long> find(String text) {
        return index.nearest(text, n -> true, 5).orElseThrow().stream()
                .map(Neighbour::number)
                .toList();
    }

    private long vectors() {
        return store.count("SELECT count(*) FROM memory_vector");
    }

    private void awaitComplete() {
        await(() -> index.state().complete());
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!condition.getAsBoolean()) {
                LockSupport.parkNanos(1_000_000);
            }
        });
    }
}
