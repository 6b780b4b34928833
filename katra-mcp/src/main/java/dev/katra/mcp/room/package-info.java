/** Provides the tools with which sessions talk to each other. */
@NullMarked
package dev.katra.mcp.room;

import org.jspecify.annotations.NullMarked;
