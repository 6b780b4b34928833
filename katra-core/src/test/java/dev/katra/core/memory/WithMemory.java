package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store with two sessions, Sam's and Dario's, that remember. */
abstract class WithMemory {

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    TestStore store;
    MemoryService memory;
    Actor sam;
    Actor dario;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        memory = store.memory();
        sam = store.session("Sam");
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }
}
