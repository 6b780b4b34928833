/** Provides the tools with which sessions remember, recall and forget. */
@NullMarked
package dev.katra.mcp.memory;

import org.jspecify.annotations.NullMarked;
