package dev.katra.core.memory;

import java.time.Duration;
import java.time.Instant;

/** Weighs how long a memory was neither said, found nor reviewed. */
final class Ageing {

    private static final double MOST = 0.04;
    private static final double FRESH_DAYS = 180;
    private static final double HALF_LIFE_DAYS = 180;

    private Ageing() {}

    /** Returns what a memory loses that was used last at that time: nothing for half a year, then up to 0.04. */
    static double loss(Instant usedAt, Instant now) {
        double days = Duration.between(usedAt, now).toHours() / 24.0 - FRESH_DAYS;
        return days <= 0 ? 0 : MOST * (1 - Math.pow(0.5, days / HALF_LIFE_DAYS));
    }
}
