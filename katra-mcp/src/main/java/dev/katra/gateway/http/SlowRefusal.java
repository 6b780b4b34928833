package dev.katra.gateway.http;

import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * A SlowRefusal holds the head of a refusal whose body has not come to its end yet.
 *
 * @param since when the head came, by the clock of nanoseconds
 */
record SlowRefusal(int status, HttpHeaders headers, long since) {

    /** The longest time for which the body is awaited if another endpoint can be asked. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    SlowRefusal(int status, HttpHeaders headers) {
        this(status, headers, System.nanoTime());
    }

    /** Returns whether the body has been awaited long enough. */
    boolean due() {
        return System.nanoTime() - since > PATIENCE.toNanos();
    }
}
