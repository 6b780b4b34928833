package dev.katra.core.store;

import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.testing.TestStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The main class of the process that {@link KillTests} kills: it writes, and says what was acknowledged, until then. */
final class KilledWriter {

    static final String ACKNOWLEDGED = "acknowledged ";
    private static final int WRITERS = 4;

    private KilledWriter() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream journal = System.out;
        try (TestStore store = TestStore.open(Path.of(arguments[0]))) {
            Actor listener = store.human("listener");
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                Actor actor = store.human("writer" + w);
                Thread writer = new Thread(() -> {
                    for (int n = 0; ; n++) {
                        String text = arguments[1] + " " + actor.persona() + " " + n + " " + "x".repeat(n % 700);
                        if (n % 2 == 0) {
                            store.memory().remember(actor, NewMemory.note(text), null);
                        } else {
                            store.room().say(actor, NewMessage.to(List.of(listener.persona()), text), null);
                        }
                        synchronized (journal) {
                            journal.println(ACKNOWLEDGED + text);
                            journal.flush();
                        }
                    }
                });
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join(); // for ever
            }
        }
    }
}
