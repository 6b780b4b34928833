/** This package handles thinking and reasoning: how much to ask for, and how it survives the round trip. */
@NullMarked
package dev.katra.gateway.thinking;

import org.jspecify.annotations.NullMarked;
