package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.util.Optional;

/**
 * Explains why a store cannot be read or written, in failures that name what is broken and the next step. The engine names
 * its own in {@code META-INF/services}, because its errors are met in programs that have no store.
 */
public interface StoreFaults {

    /**
     * Returns those of the engine that this program has. They are looked for once: the first caller has to be the start of
     * a program, since the program's files may be gone when an error is explained.
     */
    static StoreFaults ofEngine() {
        return EngineFaults.FOUND;
    }

    /**
     * Returns the failure that the engine's error among the causes means; empty if none of them is about the disk or the
     * store's files.
     */
    Optional<Failure> explain(Throwable thrown, KatraHome home);

    /** Returns the failure of a store whose disk is full or cannot be written; empty if neither is so. */
    Optional<Failure> findDiskFault(KatraHome home);

    /** Returns whether the error is one after which the engine may have rolled the whole transaction back by itself. */
    boolean mayEndTransaction(Throwable thrown);
}
