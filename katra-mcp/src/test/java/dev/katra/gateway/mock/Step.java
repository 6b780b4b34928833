package dev.katra.gateway.mock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Something that is done while an answer is sent. */
sealed interface Step {

    /** Bytes go out. */
    final class Send implements Step {

        private final byte[] bytes;

        Send(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** Time goes by. */
    record Pause(Duration time) implements Step {}

    /** Something else must happen first. */
    record Hold(CountDownLatch latch) implements Step {}

    /** The connection breaks. */
    record Cut() implements Step {}
}
