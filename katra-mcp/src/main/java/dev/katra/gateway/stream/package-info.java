/** This package reads server-sent events, and writes events and messages of the Messages API. */
@NullMarked
package dev.katra.gateway.stream;

import org.jspecify.annotations.NullMarked;
