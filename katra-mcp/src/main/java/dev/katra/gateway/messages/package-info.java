/** This package changes requests in the client's own format where an endpoint of that format does not take them. */
@NullMarked
package dev.katra.gateway.messages;

import org.jspecify.annotations.NullMarked;
