package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.semantic.EmbeddingIndex;
import dev.katra.core.testing.FakeEmbedder;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.semantic.SemanticSwitch.Phase;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SemanticSwitchTests {

    @TempDir
    Path folder;

    private final TestRepository repository = new TestRepository();
    private final List<FakeEmbedder> loaded = new ArrayList<>();
    private volatile Runnable beforeLoad = () -> {};
    private volatile @Nullable Thread waiting;
    private TestCaller caller;
    private TestStore store;
    private SemanticSwitch semantic;

    @BeforeEach
    void open() {
        caller = TestCaller.of()
                .variable("HOME", folder.resolve("user").toString())
                .variable(MavenRepository.VARIABLE, repository.address());
        start();
    }

    @AfterEach
    void close() {
        store.close();
        repository.close();
    }

    @Test
    void isOffAndFetchesNothingByItself() {
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
        assertThat(semantic.status().stored().bytes()).isZero();
        assertThat(repository.asked()).isEmpty();
        assertThat(store.home().semantic()).doesNotExist();
    }

    @Test
    void stillIsOnAfterARestart() {
        semantic.on(caller.caller());
        await(Phase.ON);
        assertThat(semantic.status().stored().bytes()).isPositive();
        restart();
        await(Phase.ON);
        assertThat(loaded).hasSize(2);
        assertThat(loaded.get(0).closed()).isTrue();
        assertThat(repository.asked()).hasSize(2);
    }

    @Test
    void staysOffAfterARestart() {
        semantic.on(caller.caller());
        semantic.off(false);
        assertThat(loaded.get(0).closed()).isTrue();
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
        assertThat(semantic.status().stored().bytes()).isPositive();
        restart();
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
        semantic.on(caller.caller());
        await(Phase.ON);
        assertThat(repository.asked()).hasSize(2);
    }

    @Test
    void removesAllOfItFromTheDiskIfThatIsWanted() {
        remember("Dario bought a car");
        semantic.on(caller.caller());
        await(Phase.ON);
        semantic.off(true);
        assertThat(store.home().semantic()).doesNotExist();
        assertThat(store.count("SELECT count(*) FROM memory_vector")).isZero();
        semantic.on(caller.caller());
        await(Phase.ON);
        assertThat(repository.asked()).hasSize(4);
    }

    @Test
    void leavesAllAsItWasWhenTheModelDoesNotCome() {
        repository.answers((exchange, jar) -> exchange.sendResponseHeaders(503, -1));
        remember("Dario bought a car");
        Failure failure = catchThrowableOfType(Failure.class, () -> semantic.on(caller.caller()));
        assertThat(failure).hasMessageContaining("503");
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
        assertThat(loaded).isEmpty();
        assertThat(store.memory().recall(sam(), RecallQuery.of("car")).found()).hasSize(1);
        restart();
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
    }

    @Test
    void saysThatItIsOnAndHasLostItsModel() throws IOException {
        semantic.on(caller.caller());
        await(Phase.ON);
        Path model = Path.of(semantic.status().stored().folder());
        store.close();
        Files.move(model, folder.resolve("lost"));
        start();
        await(Phase.FAILED);
        assertThat(semantic.status().problem()).contains("the model is not in");
        semantic.on(caller.caller());
        await(Phase.ON);
        assertThat(semantic.status().problem()).isNull();
    }

    @Test
    void letsOnlyOneFetch() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        repository.answers((exchange, jar) -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            TestRepository.whole(exchange, jar);
        });
        Thread first = new Thread(() -> semantic.on(caller.caller()));
        first.start();
        asked.await();
        assertThat(semantic.status().phase()).isEqualTo(Phase.FETCHING);
        Failure second = catchThrowableOfType(
                Failure.class, () -> semantic.on(TestCaller.of().caller()));
        assertThat(second.code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(catchThrowableOfType(Failure.class, () -> semantic.off(true)).code())
                .isEqualTo(Failure.Code.CONFLICT);
        answer.countDown();
        first.join();
        await(Phase.ON);
    }

    @Test
    void aCommandWaitsForTheLoadAtTheStart() throws InterruptedException {
        semantic.on(caller.caller());
        await(Phase.ON);
        var loading = new CountDownLatch(1);
        beforeLoad = () -> {
            loading.countDown();
            await(() -> waiting != null && waiting.getState() == Thread.State.TIMED_WAITING);
        };
        restart();
        loading.await();
        var failure = new AtomicReference<Throwable>();
        Thread command = new Thread(() -> semantic.off(false));
        command.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        waiting = command;
        command.start();
        command.join();
        assertThat(failure).hasNullValue();
        assertThat(semantic.status().phase()).isEqualTo(Phase.OFF);
    }

    private void restart() {
        store.close();
        start();
    }

    private void start() {
        store = TestStore.open(folder);
        semantic = new SemanticSwitch(
                store.home(),
                store.bean(EmbeddingIndex.class),
                repository.artifacts(),
                TestRepository.PLATFORM,
                files -> {
                    beforeLoad.run();
                    FakeEmbedder embedder = new FakeEmbedder("fake");
                    loaded.add(embedder);
                    return embedder;
                });
        semantic.afterSingletonsInstantiated();
    }

    private void remember(String text) {
        store.memory().remember(sam(), NewMemory.note(text), null);
    }

    private Actor sam() {
        return store.human("Sam");
    }

    private void await(Phase phase) {
        await(() -> semantic.status().phase() == phase);
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (!condition.getAsBoolean()) {
                LockSupport.parkNanos(1_000_000);
            }
        });
    }
}
