/** Serves the HTTP surface: it admits requests, writes errors, and holds the MCP servlet. */
@NullMarked
package dev.katra.mcp.server;

import org.jspecify.annotations.NullMarked;
