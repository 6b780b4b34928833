/** A history in the only order that every OpenAI-format endpoint accepts: calls followed by their results. */
@NullMarked
package dev.katra.mcp.gateway.conversation;

import org.jspecify.annotations.NullMarked;
