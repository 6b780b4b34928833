package dev.katra.core.search;

import dev.katra.core.testing.TestStore;
import java.nio.file.Path;

/** The main class of the process that {@link KilledReindexTests} kills: it fills the indexes anew until then. */
final class KilledReindexer {

    static final String BEGINS = "begins";

    private KilledReindexer() {}

    public static void main(String[] arguments) {
        try (TestStore store = TestStore.open(Path.of(arguments[0]))) {
            System.out.println(BEGINS);
            while (true) {
                store.bean(IndexBuilder.class).rebuild(progress -> {});
            }
        }
    }
}
