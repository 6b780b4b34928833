/** What an endpoint refused or broke, said the way a Messages API client understands. */
@NullMarked
package dev.katra.mcp.gateway.failure;

import org.jspecify.annotations.NullMarked;
