/** The requests that sessions' clients report. */
@NullMarked
package dev.katra.mcp.usage;

import org.jspecify.annotations.NullMarked;
