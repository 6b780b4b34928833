/** This package translates to and from the Responses API: request bodies, streams and whole answers. */
@NullMarked
package dev.katra.gateway.responses;

import org.jspecify.annotations.NullMarked;
