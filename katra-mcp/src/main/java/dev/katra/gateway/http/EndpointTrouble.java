package dev.katra.gateway.http;

import java.time.Duration;
import java.util.Optional;

/**
 * An EndpointTrouble says why an endpoint has not answered a request, before anything has gone to the client.
 *
 * @param outage whether the endpoint cannot answer now; false if it refuses this request
 * @param promptTooLong whether it refuses the request because the prompt is too long for it
 * @param retryAfter how long the endpoint asks to wait; empty if it does not say
 * @param reason what it did, as the rest of a sentence that begins with its name
 * @param refusal writes to the client what it gets if no other endpoint answers
 */
record EndpointTrouble(
        boolean outage,
        boolean promptTooLong,
        Optional<Duration> retryAfter,
        String reason,
        ClientLink.Writing refusal) {}
