/** Receives what Claude Code reports of itself through its hooks, and wakes idle sessions. */
@NullMarked
package dev.katra.mcp.hook;

import org.jspecify.annotations.NullMarked;
