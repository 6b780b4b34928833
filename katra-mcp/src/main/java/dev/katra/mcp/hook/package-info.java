/** What Claude Code reports of itself through its hooks. */
@NullMarked
package dev.katra.mcp.hook;

import org.jspecify.annotations.NullMarked;
