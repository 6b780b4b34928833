/**
 * Reads providers as data: what {@code providers.conf} says, layer over layer, and how a session reaches each provider.
 */
@NullMarked
package dev.katra.launcher.provider;

import org.jspecify.annotations.NullMarked;
