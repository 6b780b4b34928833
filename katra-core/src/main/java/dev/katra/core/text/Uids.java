package dev.katra.core.text;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

/** Makes the uids of messages, memories and sessions: UUIDv7, so that they sort by time. */
public final class Uids {

    private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Uids() {}

    /** Returns a new uid, in the usual 36 characters. */
    public static String next() {
        return GENERATOR.generate().toString();
    }
}
