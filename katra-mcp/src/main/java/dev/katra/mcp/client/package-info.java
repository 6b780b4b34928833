/** The connections of clients that wait for an answer, and requests that are held without a thread. */
@NullMarked
package dev.katra.mcp.client;

import org.jspecify.annotations.NullMarked;
