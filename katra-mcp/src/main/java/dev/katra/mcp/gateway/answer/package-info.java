/** An answer as a sequence of events, whoever gave it and in whichever format. */
@NullMarked
package dev.katra.mcp.gateway.answer;

import org.jspecify.annotations.NullMarked;
