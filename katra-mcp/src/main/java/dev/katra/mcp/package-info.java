/** Katra's mcp module. */
@NullMarked
package dev.katra.mcp;

import org.jspecify.annotations.NullMarked;
