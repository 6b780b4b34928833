/** Serves the MCP endpoint and its tools, the hooks, and the demo model on loopback. */
@NullMarked
package dev.katra.mcp;

import org.jspecify.annotations.NullMarked;
