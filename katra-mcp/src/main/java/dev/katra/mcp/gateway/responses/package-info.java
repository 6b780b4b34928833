/** The Responses API: request bodies, streams and whole answers. */
@NullMarked
package dev.katra.mcp.gateway.responses;

import org.jspecify.annotations.NullMarked;
