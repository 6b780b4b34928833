package dev.katra.core.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

/** Makes the uids of messages, memories and sessions: UUIDv7, so that they sort by time. */
public final class Uids {

    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Uids() {}

    /** A new uid, in the usual 36 characters. */
    public static String next() {
        return GENERATOR.generate().toString();
    }
}
