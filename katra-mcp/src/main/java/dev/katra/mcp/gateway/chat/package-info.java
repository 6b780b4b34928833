/** The Chat Completions API: request bodies, streams and whole answers. */
@NullMarked
package dev.katra.mcp.gateway.chat;

import org.jspecify.annotations.NullMarked;
