/** Defines what an MCP tool of Katra is, and turns its records into schemas and answers. */
@NullMarked
package dev.katra.mcp.tool;

import org.jspecify.annotations.NullMarked;
