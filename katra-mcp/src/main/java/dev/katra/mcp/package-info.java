/** What the server serves on loopback: the MCP endpoint and its tools, the hooks, the demo model. */
@NullMarked
package dev.katra.mcp;

import org.jspecify.annotations.NullMarked;
