/** A Messages API request, read tolerantly into records. */
@NullMarked
package dev.katra.mcp.gateway.request;

import org.jspecify.annotations.NullMarked;
