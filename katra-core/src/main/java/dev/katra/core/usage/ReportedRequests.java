package dev.katra.core.usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Stores the requests that sessions' clients report, until their sessions have ended. Unless it says otherwise, a method
 * must be called inside a write.
 */
public interface ReportedRequests {

    /**
     * Stores a request of a session; a session that does not exist, and a log event of one that has ended, is passed over. What a log event says takes the place
     * of what a transcript says, and of two times that a transcript tells of the same request, the larger numbers count.
     *
     * @param cost in billionths of a US dollar; empty if the price is not known
     */
    void put(long session, ReportedRequest request, ModelTask task, OptionalLong cost);

    /** Returns how a session was started; empty if it does not exist. Must be called inside a read. */
    Optional<Origin> origin(long session);

    /**
     * Says how a session was started.
     *
     * @param route how its provider is reached: direct, gateway or verbatim
     * @param prices what the provider's tokens cost then, as {@code Prices.parse} reads it
     */
    record Origin(String provider, String route, String prices, Instant startedAt) {}

    /** Returns how far each of the session's transcripts has been read, by its path. Must be called inside a read. */
    Map<String, Long> positions(long session);

    /** Stores how far a transcript has been read, in bytes. */
    void setPosition(long session, String path, long position);

    /** Adds up to this many of the session's requests to its usage, and returns whether some are left. */
    boolean sumUp(long session, int most);

    /** Stores the id of a request that the gateway has counted; a session that does not exist is passed over. */
    void putCounted(long session, String request);

    /** Returns the ids of those of a session's requests that the gateway has counted. Must be called inside a read. */
    Set<String> counted(long session);

    /**
     * Forgets a session's transcripts, and up to this many of the ids of its counted requests; returns whether some are
     * left.
     */
    boolean forget(long session, int most);

    /** Returns the sessions of which requests, their ids or transcripts are stored. Must be called inside a read. */
    List<Long> sessions();
}
