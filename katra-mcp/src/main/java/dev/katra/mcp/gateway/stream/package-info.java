/** Server-sent events in, Messages API events and messages out. */
@NullMarked
package dev.katra.mcp.gateway.stream;

import org.jspecify.annotations.NullMarked;
