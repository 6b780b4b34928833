/** What a translation between the Messages API and another one consists of. */
@NullMarked
package dev.katra.mcp.gateway.codec;

import org.jspecify.annotations.NullMarked;
