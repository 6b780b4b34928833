/** Judges and generators for tests of the gateway. */
@NullMarked
package dev.katra.gateway.testing;

import org.jspecify.annotations.NullMarked;
