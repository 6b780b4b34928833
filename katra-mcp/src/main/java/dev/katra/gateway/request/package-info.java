/** This package reads a Messages API request into records and tolerates what it does not know. */
@NullMarked
package dev.katra.gateway.request;

import org.jspecify.annotations.NullMarked;
