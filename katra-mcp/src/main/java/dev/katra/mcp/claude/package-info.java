/** Names what Claude Code and the MCP endpoint tell each other beyond the protocol. */
@NullMarked
package dev.katra.mcp.claude;

import org.jspecify.annotations.NullMarked;
