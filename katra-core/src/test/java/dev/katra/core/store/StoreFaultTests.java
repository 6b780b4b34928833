package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.backup.StoreInspection;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of disk and file are said with the file and the next step, and nothing is lost by them. */
class StoreFaultTests {

    @TempDir
    Path folder;

    private KatraHome home;

    @BeforeEach
    void remember() {
        home = TestStore.home(folder);
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("ada");
            for (int n = 0; n < 50; n++) {
                store.memory().remember(ada, NewMemory.note("number " + n + " " + "x".repeat(500)), null);
            }
        }
        HomeIdentity.claim(home);
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() {
        try (TestStore store = TestStore.open(folder)) {
            Actor ada = store.human("ada");
            long before = store.count("SELECT count(*) FROM memory");
            pages(store, 1);

            Failure failure = failure(() -> {
                for (int n = 0; n < 200; n++) {
                    store.memory().remember(ada, NewMemory.note("more " + n + " " + "y".repeat(5000)), null);
                }
            });
            assertThat(failure)
                    .hasMessage("there is no space left on the disk of " + home.database() + "; nothing was written");
            assertThat(failure.hint().orElse("")).contains("df -h " + home.root());
            long then = store.count("SELECT count(*) FROM memory");
            assertThat(then).isGreaterThanOrEqualTo(before);

            pages(store, 1_000_000);
            store.memory().remember(ada, NewMemory.note("after"), null);
            assertThat(store.count("SELECT count(*) FROM memory")).isEqualTo(then + 1);
        }
        assertThat(StoreInspection.findFault(home)).isEmpty();
    }

    /** A limit of pages is to SQLite as a disk of that size; one below the present size means that size. */
    private static void pages(TestStore store, int most) {
        store.writes().run(() -> {
            store.jdbc()
                    .sql("PRAGMA max_page_count = " + most)
                    .query(Long.class)
                    .single();
            return true;
        });
    }

    @Test
    void saysThatAPageIsDamaged() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(home.database().toFile(), "rw")) {
            byte[] nonsense = new byte[(int) file.length() - 4096];
            Arrays.fill(nonsense, (byte) 0x5a);
            file.seek(4096);
            file.write(nonsense);
        }
        Failure failure = fault();
        assertThat(failure.text()).startsWith("the database " + home.database() + " is damaged");
        assertThat(failure.hint().orElse("")).contains("katra restore FILE");
        assertThat(StoreInspection.findFault(home).orElseThrow().text()).startsWith("the database " + home.database());
    }

    @Test
    void saysThatItIsNotADatabase() throws IOException {
        Files.writeString(home.database(), "not a database, but a letter to the editor".repeat(200));
        assertThat(fault().text()).isEqualTo("the database " + home.database() + " is damaged: it is not a database");
        assertThat(StoreInspection.findFault(home).orElseThrow().text()).endsWith("it is not a database");
    }

    @Test
    void makesNoEmptyStoreInTheHomeThatHasHadOne() throws IOException {
        Files.write(home.database(), new byte[0]);
        assertThat(fault().text())
                .isEqualTo("the database " + home.database() + " is empty, and this home has had one");
        assertThat(StoreInspection.findFault(home)).isPresent();

        Files.delete(home.database());
        Failure missing = fault();
        assertThat(missing.text()).startsWith("the database " + home.database() + " is missing");
        assertThat(missing.hint().orElse("")).contains("katra restore FILE", "to begin anew, move the home away");
        assertThat(home.database()).doesNotExist();

        Path rescued = Files.createFile(home.root().resolve("rescued-1.zip"));
        assertThat(fault().hint().orElse("")).contains("katra restore " + rescued + " brings back");
    }

    /** What starting a server on this home comes to. */
    private Failure fault() {
        Throwable thrown = catchThrowable(() -> TestStore.open(folder).close());
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) {
                return failure;
            }
        }
        return StoreFaults.ofEngine().explain(thrown, home).orElseThrow(() -> new AssertionError(thrown));
    }

    private static Failure failure(Runnable work) {
        return catchThrowableOfType(Failure.class, work::run);
    }
}
