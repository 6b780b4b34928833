package dev.katra.core.store;

import java.util.ServiceLoader;

/** Holds what explains the errors of the engine, once it was looked for. */
final class EngineFaults {

    static final StoreFaults FOUND = ServiceLoader.load(StoreFaults.class, StoreFaults.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no engine of a store is there"));

    private EngineFaults() {}
}
