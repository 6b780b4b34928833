package dev.katra.gateway.codec;

import java.time.Duration;
import java.util.Optional;

/**
 * Decodes an answer's stream and passes its events on as they come. After the answer is complete or has failed, nothing
 * more is passed on. A decoder must not be used by several threads at once.
 */
public interface StreamDecoder {

    /** Takes the next bytes, which may be cut anywhere. */
    void push(byte[] bytes, int offset, int length);

    /** Reads what is left of the bytes as an event, even if its end is missing. No more bytes may come after it. */
    void drain();

    /** Ends the stream, because the endpoint has closed it. An answer that is not complete fails now. */
    void end();

    /**
     * Returns how long the endpoint may still keep the stream open; empty as long as more than the end of the answer is
     * missing.
     */
    Optional<Duration> patience();

    /** Ends the answer as it is, because the patience is over. */
    void settle();
}
