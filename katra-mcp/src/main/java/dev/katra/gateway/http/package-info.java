/**
 * This package is the gateway's HTTP side: it receives requests of sessions, sends requests to endpoints, and relays
 * the bytes between them.
 */
@NullMarked
package dev.katra.gateway.http;

import org.jspecify.annotations.NullMarked;
