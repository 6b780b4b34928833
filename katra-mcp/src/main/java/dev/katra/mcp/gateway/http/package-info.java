/** The gateway's HTTP surface: requests of sessions in, requests to endpoints out, and the bytes between them. */
@NullMarked
package dev.katra.mcp.gateway.http;

import org.jspecify.annotations.NullMarked;
