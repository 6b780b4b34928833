package dev.katra.gateway.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps requests away from an endpoint that has failed. After a pause one request tries the endpoint: if it fails the
 * next pause is twice as long, if it is answered all requests go there again. It is safe for use by several threads.
 */
final class CircuitBreaker {

    private final Duration first;
    private final Duration longest;
    private final Clock clock;
    private boolean open;
    private boolean tried;
    private int failures;
    private long changes;
    private Instant until = Instant.EPOCH;

    /**
     * Creates a breaker that lets everything through.
     *
     * @param first the pause after the first failure
     * @param longest the longest pause that failures alone make
     */
    CircuitBreaker(Duration first, Duration longest, Clock clock) {
        this.first = first;
        this.longest = longest;
        this.clock = clock;
    }

    /** A Permit lets one request through. Its holder must say once what became of the request. */
    final class Permit {

        private final long given;
        private final boolean trial;
        private final boolean forced;
        private boolean over;

        private Permit(boolean trial, boolean forced) {
            this.given = changes;
            this.trial = trial;
            this.forced = forced;
        }

        /**
         * Tells that the endpoint has failed.
         *
         * @param wait how long the endpoint asks to wait; empty if it does not say
         */
        void failed(Optional<Duration> wait) {
            synchronized (CircuitBreaker.this) {
                if (end()) {
                    fail(this, wait);
                }
            }
        }

        /** Tells that the endpoint answers. */
        void succeeded() {
            synchronized (CircuitBreaker.this) {
                if (end() && given == changes) { // an answer to what was sent before it failed says nothing
                    open = false;
                    failures = 0;
                }
            }
        }

        /** Tells that it is not known what became of the request, because its client has left. */
        void abandoned() {
            synchronized (CircuitBreaker.this) {
                end();
            }
        }

        private boolean end() {
            boolean ends = !over;
            over = true;
            if (ends && trial) {
                tried = false;
            }
            return ends;
        }
    }

    /** Returns the permit for a request; empty as long as the endpoint is to be left alone. */
    synchronized Optional<Permit> acquire() {
        if (!open) {
            return Optional.of(new Permit(false, false));
        }
        if (tried || clock.instant().isBefore(until)) {
            return Optional.empty();
        }
        tried = true;
        return Optional.of(new Permit(true, false));
    }

    /** Returns the permit for a request that no other endpoint answers. If it fails the pause is not doubled. */
    synchronized Permit force() {
        return new Permit(false, true);
    }

    /** Returns the time from which the endpoint is tried again; empty if it is not left alone. */
    synchronized Optional<Instant> pausedUntil() {
        return open ? Optional.of(until) : Optional.empty();
    }

    private void fail(Permit permit, Optional<Duration> wait) {
        Instant now = clock.instant();
        if (permit.given != changes || (permit.forced && open)) {
            if (open) {
                wait.map(now::plus).filter(until::isBefore).ifPresent(later -> until = later);
            }
            return;
        }
        open = true;
        changes++;
        failures++;
        until = now.plus(pause(wait));
    }

    /** Returns the wait that the endpoint asks for, but after several failures no less than the pause for them. */
    private Duration pause(Optional<Duration> wait) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        Duration own = pause.compareTo(longest) > 0 ? longest : pause;
        return wait.filter(asked -> failures == 1 || asked.compareTo(own) > 0).orElse(own);
    }
}
