/** What an MCP tool of Katra is, and how its records become schemas and answers. */
@NullMarked
package dev.katra.mcp.tool;

import org.jspecify.annotations.NullMarked;
