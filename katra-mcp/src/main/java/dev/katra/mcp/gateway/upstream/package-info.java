/** What a model endpoint is like: its provider, its model, its limits and its quirks, all of them data. */
@NullMarked
package dev.katra.mcp.gateway.upstream;

import org.jspecify.annotations.NullMarked;
