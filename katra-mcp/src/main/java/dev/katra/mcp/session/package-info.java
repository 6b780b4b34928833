/** Provides the tools with which a session sees itself and the others. */
@NullMarked
package dev.katra.mcp.session;

import org.jspecify.annotations.NullMarked;
