package dev.katra.core.store;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the database that {@link MigrationTests} migrates. Run it when a migration is added and keep the file as
 * {@code src/test/resources/fixtures/vNNN.db}; a fixture of a released version is never written again.
 */
final class FixtureWriter {

    private FixtureWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("katra-fixture");
        try (TestStore store = TestStore.open(folder)) {
            Actor sam = store.session("Sam");
            Actor dario = store.session("Dario");
            store.room().say(dario, List.of(), "hello room", "c1");
            store.room().hear(sam, "h1");
            store.room().say(dario, List.of("Sam"), "hello Sam", "c2");
            store.room().hear(sam, "h2");
            store.memory().remember(sam, NewMemory.note("the build needs JDK 17"), "m1");
            store.memory()
                    .forget(
                            sam,
                            store.memory()
                                    .remember(sam, NewMemory.note("a secret"), "m2")
                                    .id());
            store.sessions().live().forEach(live -> store.sessions()
                    .ended(live.session().id(), "fixture"));
            store.human("ada");
        }
        Files.copy(TestStore.home(folder).database(), Path.of(arguments[0]));
    }
}
