/** The gateway as a whole, without a network: the failures that other gateways had, and what always holds. */
@NullMarked
package dev.katra.gateway;

import org.jspecify.annotations.NullMarked;
