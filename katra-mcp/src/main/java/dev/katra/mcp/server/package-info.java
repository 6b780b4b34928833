/** The HTTP surface: who may come in, what an error looks like, and the MCP servlet. */
@NullMarked
package dev.katra.mcp.server;

import org.jspecify.annotations.NullMarked;
