package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Explains why a store cannot be read or written, in failures that name what is broken and the next step. The engine names
 * its own in {@code META-INF/services}, because its errors are met in programs that have no store.
 */
public interface StoreFaults {

    /** Returns those of the engine that this program has. */
    static StoreFaults ofEngine() {
        return ServiceLoader.load(StoreFaults.class, StoreFaults.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no engine of a store is there"));
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
