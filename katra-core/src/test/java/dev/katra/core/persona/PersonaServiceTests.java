package dev.katra.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonaServiceTests {

    @TempDir
    Path folder;

    private TestStore store;
    private PersonaService personas;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        personas = store.personas();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsTheNameAndTheKindThatWereWrittenFirst() {
        Persona first = personas.ensure("McSam", false);
        personas.noteArrival(first.id());
        assertThat(personas.ensure("MCSAM", true)).isEqualTo(first);
        assertThat(personas.find("mcsam")).contains(first);
        assertThat(personas.get("mCsAm")).isEqualTo(first);
        assertThat(personas.all()).containsExactly(first);
    }

    @Test
    void makesOneOfManyAtTheSameTime() {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Persona>> made = IntStream.range(0, 16)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> {
                            awaitUninterruptibly(start);
                            return personas.ensure(n % 2 == 0 ? "sam" : "SAM", false);
                        },
                        task -> new Thread(task).start()))
                .toList();
        start.countDown();
        Set<Persona> all = made.stream().map(CompletableFuture::join).collect(Collectors.toSet());
        assertThat(all).hasSize(1);
        assertThat(store.count("SELECT count(*) FROM persona")).isOne();
    }

    @Test
    void hintsAtTheNearestNameFirst() {
        arrives("Charlie");
        arrives("Sam");
        Failure failure = unknown("chalie");
        assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(failure).hasMessage("no persona is called \"chalie\"");
        assertThat(failure.hint()).contains("did you mean Charlie? known: Charlie, Sam");
    }

    @Test
    void hintsAtWhoIsKnownWhenNoNameIsNear() {
        arrives("Sam");
        assertThat(unknown("Wilhelmina").hint()).contains("known: Sam");
    }

    @Test
    void hintsAtTheStartWhenNobodyWasEverHere() {
        assertThat(unknown("Sam").hint()).contains("nobody was here yet; start one: katra start --persona NAME");
    }

    @Test
    void whoHasANameThatWasTakenSinceKeepsIt() {
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO persona (name, human, created_at) VALUES ('All', 0, 0)")
                .update());

        assertThat(personas.ensure("all", false).name()).isEqualTo("All");
        assertThatThrownBy(() -> personas.ensure("everyone", true)).isInstanceOf(Failure.class);
        Persona all = personas.get("all");
        personas.retire(all);
        assertThatThrownBy(() -> store.writes().run(() -> {
                    personas.rename(all, "Katra");
                    return 0;
                }))
                .isInstanceOf(Failure.class);
        store.writes().run(() -> {
            personas.rename(all, "Alf");
            return 0;
        });
        assertThat(personas.find("Alf")).isPresent();
        assertThatThrownBy(() -> personas.ensure("all", false)).isInstanceOf(Failure.class);
    }

    @Test
    void keepsTheHintShortHoweverManyAreKnownAndHoweverLongTheName() {
        IntStream.range(0, 30).forEach(n -> arrives("persona" + n));
        Failure failure = unknown("x".repeat(1_000_000));
        assertThat(failure.getMessage()).hasSizeLessThan(200);
        assertThat(failure.hint())
                .hasValueSatisfying(
                        hint -> assertThat(hint).endsWith("and 20 more").hasSizeLessThan(200));
    }

    private Failure unknown(String name) {
        return catchThrowableOfType(Failure.class, () -> personas.get(name));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void arrives(String name) {
        personas.noteArrival(personas.ensure(name, false).id());
    }
}
